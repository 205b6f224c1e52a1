namespace Mts.Storage.Files;

/// <summary>Tells the failure to open a file that another process holds from all others.</summary>
internal static class HeldFile
{
    // EAGAIN of Linux and macOS, ERROR_SHARING_VIOLATION of Windows.
    private static readonly int[] Codes = [11, 35, unchecked((int)0x80070020)];

    public static bool IsHeld(IOException failure) => Codes.Contains(failure.HResult);
}
