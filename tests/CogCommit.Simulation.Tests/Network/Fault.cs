namespace CogCommit.Simulation.Tests.Network;

/// <summary>What may happen to a request.</summary>
internal enum Fault
{
    /// <summary>It never arrives; 429 and 5xx look the same once they were tried often enough.</summary>
    RequestLost,

    /// <summary>The cloud did it, and the device does not learn of it.</summary>
    AnswerLost,

    /// <summary>It arrives twice; the second answer is seen.</summary>
    Twice,

    /// <summary>It arrives when the device has given up long ago.</summary>
    Late,

    /// <summary>413: a gateway takes no request of that size.</summary>
    TooLarge,

    /// <summary>The cloud did it, and half of the answer comes.</summary>
    Torn,

    /// <summary>The token ends; the user has to sign in again.</summary>
    SignInEnded,
}
