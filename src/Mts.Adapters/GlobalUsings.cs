global using Mts.Core;
global using Mts.Core.Market;
