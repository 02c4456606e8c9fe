namespace CogCommit.Core.Export;

/// <summary>Json and Jsonl can be imported again without loss; Markdown and Html are for people.</summary>
public enum ExportFormat
{
    Json,
    Jsonl,
    Markdown,
    Html,
}
