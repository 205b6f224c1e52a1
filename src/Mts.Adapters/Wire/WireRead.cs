namespace Mts.Adapters.Wire;

/// <summary>Reads one value; it starts on the value's first token and ends on its last.</summary>
internal delegate T WireRead<out T>(ref WireReader reader);
