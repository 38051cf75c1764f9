using System.Text;
using NativeOpt.Cli.Display;
using NativeOpt.Cli.Loading;
using NativeOpt.Cli.Models;
using NativeOpt.Files;
using NativeOpt.Text;

namespace NativeOpt.Cli.Commands;

/// <summary>What `nativeopt predict` does once its settings are known.</summary>
internal static class PredictAction
{
    /// <summary>Rows that are in memory at a time.</summary>
    private const int BlockRows = 1024;

    /// <returns>The exit code.</returns>
    /// <exception cref="InputException">
    /// Model or table cannot be used, or the file cannot be written, which is not there then. On the standard output the rows before a bad
    /// one have been written.
    /// </exception>
    /// <exception cref="OperationCanceledException">Interrupted; the file was not written.</exception>
    public static int Run(PredictSettings settings, Terminal terminal, CancellationToken cancellation)
    {
        Preparation.Of(settings.Backend, settings.Threads);
        using ModelFile model = ModelFile.Load(settings.Model, settings.Backend);
        try
        {
            using var rows = new CsvRows(settings.Input, terminal.Input, settings.Table);
            var inputs = new InputReading(model, rows, settings.Table, settings.Keep);
            if (settings.Output == CsvRows.Standard)
                Predict(terminal.Output);
            else
                Write(settings.Output, Predict);
            return ExitCode.Success;

            void Predict(TextWriter output)
            {
                var reading = new OutputReading(model.Model, model.Preprocessing);
                var writer = new PredictionWriter(output, reading, settings);
                writer.WriteHeader();
                while (rows.Read(BlockRows) is { } block)
                {
                    cancellation.ThrowIfCancellationRequested();
                    float[,] outputs = model.Model.Predict(inputs.Encode(block), BlockRows);
                    for (int row = 0; row < block.Rows; row++)
                        writer.Write(inputs.Kept(block, row), outputs, row);
                }
                output.Flush();
            }
        }
        catch (ArgumentException e)
        {
            throw new InputException($"input is '{settings.Input}'; {DataLoader.InWordsOfOptions(ArgumentFailure.Sentence(e))}", e);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new InputException($"input is '{settings.Input}'; {DataLoader.InWordsOfOptions(e.Message)}", e);
        }
    }

    /// <summary>The file is complete or not there.</summary>
    private static void Write(string path, Action<TextWriter> predict)
    {
        try
        {
            AtomicFile.Write(path, stream =>
            {
                using var output = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
                predict(output);
            });
        }
        catch (Exception e) 
            when (e is UnauthorizedAccessException or DirectoryNotFoundException || (e is IOException && Directory.Exists(path)))
        {
            throw new InputException($"--output is '{path}'; it cannot be written: {e.Message}", e);
        }
    }
}
