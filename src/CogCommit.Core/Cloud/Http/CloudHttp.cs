using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Runtime.ExceptionServices;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace CogCommit.Core.Cloud.Http;

/// <summary>
/// Requests to one cloud, tried again while that may help. What comes back has a status that trying again does not change; when
/// nothing does, <see cref="CloudUnreachableException"/> says why.
/// </summary>
internal sealed class CloudHttp
{
    private readonly HttpClient _client;
    private readonly Uri _url;
    private readonly string _anonKey;
    private readonly CloudRetry _retry;
    private readonly TimeProvider _clock;
    private readonly IReport? _report;
    private readonly ResiliencePipeline<CloudAnswer> _pipeline;

    public CloudHttp(HttpClient client, Uri url, string anonKey, CloudRetry retry, TimeProvider clock, IReport? report = null)
    {
        _report = report;
        (_client, _url, _anonKey, _retry, _clock) = (client, url, anonKey, retry, clock);
        _pipeline = new ResiliencePipelineBuilder<CloudAnswer> { TimeProvider = clock }
            .AddTimeout(retry.Total)
            .AddRetry(new RetryStrategyOptions<CloudAnswer>
            {
                MaxRetryAttempts = retry.Tries - 1,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = retry.FirstWait,
                MaxDelay = retry.LongestWait,
                // What asks for a longer wait than there is time for is not waited for at all.
                ShouldHandle = new PredicateBuilder<CloudAnswer>()
                    .HandleResult(answer => answer.IsTransient && !(answer.RetryAfter > retry.Total))
                    .Handle<HttpRequestException>(Passes)
                    .Handle<IOException>()
                    .Handle<TimeoutRejectedException>(),
                OnRetry = arguments =>
                {
                    report?.Debug($"Try {arguments.AttemptNumber + 1} of {retry.Tries} failed ({Reason(arguments.Outcome)}); the next one is in {arguments.RetryDelay.TotalSeconds:0.0} s.");
                    return default;
                },
                DelayGenerator = arguments => ValueTask.FromResult(arguments.Outcome.Result?.RetryAfter),
            })
            .AddTimeout(retry.PerTry)
            .Build();
    }

    public Uri Url => _url;

    public CloudTraffic Traffic { get; init; } = new();

    /// <param name="method">GET or POST.</param>
    /// <param name="path">Behind the cloud's address, such as <c>/auth/v1/user</c>.</param>
    /// <param name="body">JSON in UTF-8, or null.</param>
    /// <param name="token">The user's access token, or null: then the public key speaks alone.</param>
    /// <param name="cancellationToken">Ends the tries and the waits between them.</param>
    /// <param name="hide">What else no error may show.</param>
    public Task<CloudAnswer> SendAsync(
        HttpMethod method, string path, ReadOnlyMemory<byte>? body, HiddenText? token, CancellationToken cancellationToken, params HiddenText[] hide)
    {
        var request = new CloudRequest(method, path) { Body = body, Token = token };
        return SendAsync(() => request, cancellationToken, hide);
    }

    /// <param name="next">What is asked by the next try: it may be another question than that of the one before, whose fate nobody knows.</param>
    /// <param name="cancellationToken">Ends the tries and the waits between them.</param>
    /// <param name="hide">What else no error may show.</param>
    public async Task<CloudAnswer> SendAsync(Func<CloudRequest> next, CancellationToken cancellationToken, params HiddenText[] hide)
    {
        try
        {
            var token = default(HiddenText);
            var answer = await _pipeline.ExecuteAsync(
                async cancel =>
                {
                    var request = next();
                    token = request.Token;
                    return await SendOnceAsync(request, cancel).ConfigureAwait(false);
                },
                cancellationToken).ConfigureAwait(false);
            answer = answer with { Hide = [.. hide, .. Carried(token)] };
            return answer.IsTransient ? throw Unavailable(answer) : answer;
        }
        catch (TimeoutRejectedException e)
        {
            throw new CloudUnreachableException(_url, "it did not answer in time.", e);
        }
        catch (HttpRequestException e)
        {
            throw new CloudUnreachableException(_url, Reason(e), e);
        }
        catch (IOException e)
        {
            throw new CloudUnreachableException(_url, "the connection broke.", e);
        }
    }

    /// <summary>A certificate that is wrong stays wrong; a line that broke before it was seen does not.</summary>
    private static bool Passes(HttpRequestException e) =>
        e.HttpRequestError != HttpRequestError.SecureConnectionError || e.InnerException is IOException or SocketException;

    private static string Reason(Outcome<CloudAnswer> outcome) => outcome.Exception switch
    {
        null => $"status {(int)outcome.Result!.Status}",
        HttpRequestException e => Reason(e),
        var other => other.GetType().Name,
    };

    internal static string Reason(HttpRequestException e) => e.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "its name is not known here; this machine may be offline.",
        HttpRequestError.SecureConnectionError when !Passes(e) =>
            $"no secure connection could be made ({(e.InnerException ?? e).Message.TrimEnd('.')}). Nothing was sent there. " +
            "This network's log-in page, a program that looks into connections, or a wrong clock may be the cause.",
        HttpRequestError.ConnectionError => "no connection could be made.",
        _ => "the connection broke.",
    };

    private CloudUnreachableException Unavailable(CloudAnswer answer)
    {
        var said = answer.Text("message", "msg", "error_description") is { } text ? $": {text.TrimEnd('.')}" : "";
        var wait = answer.RetryAfter is { } after ? $" It asks to wait {after.TotalSeconds:0} seconds." : "";
        return new CloudUnreachableException(_url, $"it answers {(int)answer.Status}{said}.{wait}");
    }

    private async Task<CloudAnswer> SendOnceAsync(CloudRequest asked, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(asked.Method, new Uri(_url, asked.Path));
        request.Headers.Add("apikey", _anonKey);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", asked.Token?.Reveal() ?? _anonKey);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(asked.ReceiveAsync is null ? "application/json" : "*/*"));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("CogCommit", typeof(CloudHttp).Assembly.GetName().Version!.ToString(3)));
        foreach (var (name, value) in asked.Headers)
        {
            request.Headers.Add(name, value);
        }

        if (asked.Body is { } bytes)
        {
            request.Content = new ReadOnlyMemoryContent(bytes);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(asked.BodyType);
        }

        Traffic.Sending(asked.Body?.Length ?? 0);
        var began = _clock.GetTimestamp();
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            byte[] answer = [];
            if (asked.ReceiveAsync is { } receiveAsync && response.IsSuccessStatusCode)
            {
                await receiveAsync(response, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                answer = await AnswerBody.ReadAsync(response.Content, _url, cancellationToken).ConfigureAwait(false);
                Traffic.Received(answer.Length);
            }

            // Of the address only the path: what stands behind it may be a code.
            _report?.Debug(string.Create(
                CultureInfo.InvariantCulture,
                $"{asked.Method} {request.RequestUri!.AbsolutePath}: {(int)response.StatusCode}, {asked.Body?.Length ?? 0} bytes sent, {answer.Length} received, {_clock.GetElapsedTime(began).TotalMilliseconds:0} ms"));
            var read = new CloudAnswer(response.StatusCode, response.Content.Headers.ContentType?.MediaType, answer, RetryAfter(response.Headers.RetryAfter))
            {
                Location = response.Headers.Location,
                UploadOffset = response.Headers.TryGetValues("Upload-Offset", out var offsets)
                    && long.TryParse(offsets.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var offset) ? offset : null,
            };
            return asked.IsToStorage ? read.AsMeantByStorage() : read;
        }
        catch (HttpRequestException e) when (e.InnerException is OperationCanceledException && cancellationToken.IsCancellationRequested)
        {
            // Some handlers wrap the cancellation; it must look like one.
            ExceptionDispatchInfo.Throw(e.InnerException);
            throw;
        }
        catch (SocketException broken)
        {
            // .NET wraps what a line says, but not of one that breaks between being made and being asked where it leads.
            throw new IOException("The connection broke.", broken);
        }
    }

    /// <summary>What every request carries. The public key is no secret, but belongs into no error either.</summary>
    private IEnumerable<HiddenText> Carried(HiddenText? token)
    {
        if (token is not null)
        {
            yield return token;
        }

        if (_anonKey.Length >= HiddenText.ShortestPart)
        {
            yield return new HiddenText(_anonKey);
        }
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header)
    {
        var wait = header?.Delta ?? (header?.Date - _clock.GetUtcNow());
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
