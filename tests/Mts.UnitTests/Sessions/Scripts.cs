using Mts.Core.Ports;
using Mts.UnitTests.Engine;

namespace Mts.UnitTests.Sessions;

/// <summary>A catalogue of one script, written anew each time it is asked for.</summary>
internal sealed class Scripts(Func<Script> write) : IStrategyCatalog
{
    public IReadOnlyList<StrategyDescriptor> All => [new("Script", "", [])];

    public IStrategy Create(string name, IReadOnlyDictionary<string, string> parameters) => write();
}
