namespace BillingPortal.Tests.Setup;

/// <summary>
/// Held by one process of this machine at a time; the operating system lets go of it when its process ends, however it ends.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Waits until the lock at <paramref name="path"/> is free, and takes it.</summary>
    public static FileLock Wait(string path)
    {
        var free = new ManualResetEventSlim();
        while (true)
        {
            if (TryTake(path) is { } taken)
            {
                return taken;
            }

            // The file system tells nobody that a lock was released, so this asks again.
            free.Wait(TimeSpan.FromMilliseconds(100));
        }
    }

    /// <summary>The lock at <paramref name="path"/>, or null where another holds it.</summary>
    public static FileLock? TryTake(string path)
    {
        try
        {
            return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();
}
