using System.Globalization;
using CogCommit.Core.Export.Formats;
using CogCommit.Core.Store;

namespace CogCommit.Core.Export;

/// <summary>Writes commits as documents: complete, never truncated, one turn in memory at a time.</summary>
public sealed class Exporter(StoreFile store)
{
    /// <summary>Begins a document for any number of commits, to be disposed; <paramref name="to"/> stays open and belongs to the caller.</summary>
    public ExportDocument Open(ExportFormat format, TextWriter to) => format switch
    {
        ExportFormat.Json => new JsonExport(store, to),
        ExportFormat.Jsonl => new JsonlExport(store, to),
        ExportFormat.Markdown => new MarkdownExport(store, to),
        ExportFormat.Html => new HtmlExport(store, to),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };

    /// <summary>A whole document for one commit.</summary>
    public void Write(CognitiveCommit commit, ExportFormat format, TextWriter to, CancellationToken cancellation = default) =>
        Write([commit], format, to, cancellation);

    /// <summary>A whole document for several commits, in their order.</summary>
    public void Write(IEnumerable<CognitiveCommit> commits, ExportFormat format, TextWriter to, CancellationToken cancellation = default)
    {
        using var document = Open(format, to);
        foreach (var commit in commits)
        {
            document.Write(commit.Id, cancellation);
        }

        document.Complete();
    }

    /// <summary>The name of a commit's own file: the day it started (UTC, so that every machine names it alike) and the first eight of its id.</summary>
    public static string FileName(CognitiveCommit commit, ExportFormat format) =>
        string.Create(CultureInfo.InvariantCulture, $"{commit.StartedAt.UtcDateTime:yyyy-MM-dd}-{commit.Id[..8]}{Extension(format)}");

    /// <summary>With its dot.</summary>
    public static string Extension(ExportFormat format) => format switch
    {
        ExportFormat.Json => ".json",
        ExportFormat.Jsonl => ".jsonl",
        ExportFormat.Markdown => ".md",
        ExportFormat.Html => ".html",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };
}
