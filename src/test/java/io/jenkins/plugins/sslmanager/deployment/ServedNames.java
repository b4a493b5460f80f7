package io.jenkins.plugins.sslmanager.deployment;

import io.jenkins.plugins.sslmanager.engine.served.HostAddresses;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.jvnet.hudson.test.junit.jupiter.FlagExtension;

/** Names of hosts that the steps find at addresses of this machine's loopback. */
public final class ServedNames {

    private ServedNames() {}

    /** @param addresses by name, several separated by blanks; other names do not resolve, and addresses are themselves */
    public static FlagExtension<HostAddresses> extension(Map<String, String> addresses) {
        return new FlagExtension<>(() -> ServedLook.addresses, names -> ServedLook.addresses = names, host -> {
            String known = addresses.getOrDefault(host, host.matches("[0-9.:a-f]+") ? host : null);
            if (known == null) {
                throw new UnknownHostException(host);
            }
            return Arrays.stream(known.split(" ")).map(ServedNames::address).toList();
        });
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Looks follow each other quickly. */
    public static FlagExtension<Duration> quickLooks() {
        return new FlagExtension<>(
                () -> DeployCertificateExecution.pause,
                pause -> DeployCertificateExecution.pause = pause,
                Duration.ofMillis(100));
    }
}
