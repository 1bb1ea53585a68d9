using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace BillingPortal.Tests.Setup;

/// <summary>
/// A PostgreSQL server of this process alone: own data directory, own port, gone when the process ends. The server of a process
/// that was killed is stopped and removed by the next one.
/// </summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string FolderPrefix = "billing-portal-postgres-";
    private const string OwnerFile = "owner.lock";

    private readonly string _folder;
    private readonly string _programs;
    private readonly FileLock _owner;
    private readonly bool _durable;
    private Process? _process;
    private int _port;

    private PostgresServer(string folder, string programs, FileLock owner, bool durable)
    {
        _folder = folder;
        _programs = programs;
        _owner = owner;
        _durable = durable;
    }

    private string DataDirectory => Path.Combine(_folder, "data");

    /// <summary>Starts one.</summary>
    /// <param name="durable">Whether a commit reaches the disk: for drills and benchmarks; ordinary tests are faster without.</param>
    /// <exception cref="InvalidOperationException">PostgreSQL is missing and could not be installed, or does not start.</exception>
    public static async Task<PostgresServer> StartAsync(bool durable = false)
    {
        var programs = SystemParts.PostgresPrograms();
        var temporary = Path.GetTempPath();
        using var alone = FileLock.Wait(Path.Combine(temporary, "billing-portal-postgres.lock"));
        foreach (var left in Directory.GetDirectories(temporary, FolderPrefix + "*"))
        {
            RemoveWhereAbandoned(left, programs);
        }

        var folder = Path.Combine(temporary, FolderPrefix + Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "-" + Path.GetRandomFileName());
        Directory.CreateDirectory(folder);
        var owner = FileLock.TryTake(Path.Combine(folder, OwnerFile))!;
        var server = new PostgresServer(folder, programs, owner, durable);
        try
        {
            server.Initialize();
            await server.LaunchAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>For a connection to <paramref name="database"/>.</summary>
    public string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1", Port = _port, Username = "postgres", Database = database, MaxPoolSize = 50, IncludeErrorDetail = true,
        }.ConnectionString;

    /// <summary>Runs one statement in the server's own database, such as CREATE DATABASE.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Stops it at once and removes all it kept.</summary>
    public ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        NpgsqlConnection.ClearAllPools();
        Stop(_folder, _programs);
        _process?.WaitForExit();
        _process?.Dispose();
        _owner.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static void RemoveWhereAbandoned(string folder, string programs)
    {
        var owner = FileLock.TryTake(Path.Combine(folder, OwnerFile));
        if (owner is null)
        {
            return;
        }

        Stop(folder, programs);
        owner.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static void Stop(string folder, string programs)
    {
        var data = Path.Combine(folder, "data");
        if (File.Exists(Path.Combine(data, "postmaster.pid")))
        {
            var (program, arguments) = AsPostgres(Path.Combine(programs, "pg_ctl"), "stop", "-m", "immediate", "-w", "-D", data);
            Command.TryRun(program, arguments);
        }
    }

    /// <summary>PostgreSQL refuses to run as the superuser, so root becomes Debian's user postgres.</summary>
    private static (string Program, IEnumerable<string> Arguments) AsPostgres(string program, params string[] arguments) =>
        Command.IsRoot ? ("runuser", ["-u", "postgres", "--", program, .. arguments]) : (program, arguments);

    private void Initialize()
    {
        if (Command.IsRoot)
        {
            Command.Run("chown", "postgres", _folder);
        }

        var (program, arguments) = AsPostgres(
            Path.Combine(_programs, "initdb"), "--no-sync", "--no-locale", "-E", "UTF8", "-A", "trust", "-U", "postgres", "-D", DataDirectory);
        Command.Run(program, arguments);
    }

    private async Task LaunchAsync()
    {
        _port = FreePort();
        string[] speed = _durable ? [] : ["-c", "fsync=off", "-c", "full_page_writes=off"];
        var (program, arguments) = AsPostgres(
            Path.Combine(_programs, "postgres"),
            ["-D", DataDirectory, "-h", "127.0.0.1", "-p", _port.ToString(CultureInfo.InvariantCulture), "-k", _folder,
            "-c", "max_connections=300", "-c", "shared_buffers=256MB", .. speed]);
        _process = new Process { StartInfo = Command.Describe(program, arguments) };
        var printed = new List<string>();
        _process.ErrorDataReceived += (_, line) => { lock (printed) { printed.Add(line.Data ?? ""); } };
        _process.OutputDataReceived += (_, _) => { };
        _process.Start();
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();

        while (!await AnswersAsync())
        {
            if (_process.HasExited)
            {
                lock (printed)
                {
                    throw new InvalidOperationException("PostgreSQL did not start:\n" + string.Join('\n', printed));
                }
            }

            // Nothing tells when the server is ready but its answer.
            _process.WaitForExit(TimeSpan.FromMilliseconds(50));
        }
    }

    private void OnProcessExit(object? sender, EventArgs ended) => Stop(_folder, _programs);

    /// <summary>True when the server that answers on the port is this one, by its data directory.</summary>
    private async Task<bool> AnswersAsync()
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false;Timeout=5");
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand("SHOW data_directory", connection);
            var answer = (string?)await command.ExecuteScalarAsync();
            return string.Equals(answer, DataDirectory, StringComparison.Ordinal)
                ? true
                : throw new InvalidOperationException($"Another server answers on port {_port}: it keeps {answer}.");
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
