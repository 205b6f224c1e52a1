global using Mts.Core;
global using Mts.Core.Market;
global using Mts.Core.Ports;
global using Symbol = Mts.Core.Market.Symbol;
