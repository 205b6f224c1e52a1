using Mts.Core.Ports;
using Mts.Storage.Cache;

namespace Mts.UnitTests.Storage.Cache;

public sealed class MemoryEventsTests : EventsContract
{
    protected override IEvents Events { get; } = new MemoryEvents();
}
