global using Mts.Core;
global using Mts.Core.Market;
global using Mts.Core.Ports;
