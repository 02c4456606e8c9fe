using System.Net.NetworkInformation;

namespace CogCommit.Core.Watch;

/// <summary>Hears from the system that a network came, or another one.</summary>
internal sealed class NetworkWatch : IDisposable
{
    private readonly Action _back;

    /// <param name="back">Called when there is one; on any thread.</param>
    public NetworkWatch(Action back)
    {
        _back = back;
        NetworkChange.NetworkAddressChanged += Changed;
        NetworkChange.NetworkAvailabilityChanged += Changed;
    }

    public void Dispose()
    {
        NetworkChange.NetworkAddressChanged -= Changed;
        NetworkChange.NetworkAvailabilityChanged -= Changed;
    }

    private void Changed(object? sender, EventArgs change)
    {
        if (NetworkInterface.GetIsNetworkAvailable())
        {
            _back();
        }
    }
}
