package io.jenkins.plugins.sslmanager.engine.served;

import io.jenkins.plugins.sslmanager.engine.api.ForeignText;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLException;

/** Looks at which certificates servers present, at every address of each. */
public final class ServedCertificates {

    /** For one connection; a server on the other side of the world needs less than a second. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final int AT_ONCE = 16;
    private static final int QUOTED = 200;

    private final HostAddresses addresses;
    private final int connections;
    private final Duration limit;

    /** @param connections to each address, since several servers may stand behind one */
    public ServedCertificates(HostAddresses addresses, int connections) {
        this(addresses, connections, LIMIT);
    }

    /** @param limit for one connection */
    ServedCertificates(HostAddresses addresses, int connections, Duration limit) {
        this.addresses = addresses;
        this.connections = connections;
        this.limit = limit;
    }

    /** Looks at all of them side by side; takes as long as the slowest address. */
    public List<AddressLook> look(Collection<TlsEndpoint> endpoints) throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, work -> {
            Thread thread = new Thread(work, "TLS handshakes");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<AddressLook> looks = new ArrayList<>();
            for (Future<AddressLook> each : threads.invokeAll(all(endpoints))) {
                looks.add(each.get());
            }
            return looks;
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private List<Callable<AddressLook>> all(Collection<TlsEndpoint> endpoints) throws SocketException {
        boolean hasIpv6 = hasIpv6();
        List<Callable<AddressLook>> all = new ArrayList<>();
        for (TlsEndpoint endpoint : endpoints) {
            try {
                for (InetAddress address : addresses.of(endpoint.host())) {
                    all.add(
                            hasIpv6 || address.isLoopbackAddress() || !(address instanceof Inet6Address)
                                    ? () -> look(endpoint, address)
                                    : () -> AddressLook.outOfReach(endpoint, address.getHostAddress()));
                }
            } catch (UnknownHostException e) {
                all.add(() -> AddressLook.unknownHost(endpoint));
            }
        }
        return all;
    }

    private static boolean hasIpv6() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .anyMatch(address -> address instanceof Inet6Address
                        && !address.isLoopbackAddress()
                        && !address.isLinkLocalAddress());
    }

    private AddressLook look(TlsEndpoint endpoint, InetAddress address) {
        Map<String, PresentedCertificate> presented = new LinkedHashMap<>();
        String failure = null;
        for (int connection = 0; connection < connections; connection++) {
            try {
                PresentedCertificate leaf = new TlsHandshake(endpoint, address, limit).leaf();
                presented.putIfAbsent(leaf.sha256Fingerprint(), leaf);
            } catch (IOException e) {
                failure = inWords(e);
                if (presented.isEmpty()) {
                    // Nobody is there: more connections would only cost time.
                    break;
                }
            }
        }
        return AddressLook.of(endpoint, address.getHostAddress(), presented.values(), failure);
    }

    private String inWords(IOException failure) {
        String text = ForeignText.oneLine(String.valueOf(failure.getMessage()), QUOTED);
        if (failure instanceof SocketTimeoutException) {
            return "no answer within " + limit.toSeconds()
                    + " seconds. Check that a firewall lets this machine through";
        }
        if (failure instanceof ConnectException) {
            return "no connection (" + text + "). Check that the server runs, and its port";
        }
        if (failure instanceof SSLException || failure instanceof EOFException) {
            return "no TLS (" + text + "). Check the port, and whether it wants /smtp or /imap before TLS";
        }
        return "no certificate (" + text + "). Check the server's log";
    }
}
