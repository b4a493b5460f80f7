package io.jenkins.plugins.sslmanager.account;

import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import io.jenkins.plugins.sslmanager.engine.dns.DnsRecord;
import io.jenkins.plugins.sslmanager.engine.dns.Propagation;
import io.jenkins.plugins.sslmanager.engine.dns.Resolvers;
import io.jenkins.plugins.sslmanager.engine.rotation.ProofCheck;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The name servers that the controller asks for the records that prove control of domains. */
public final class VisibleRecords {

    /** Tests have name servers of their own. */
    @SuppressFBWarnings(
            value = "MS_SHOULD_BE_FINAL",
            justification = "Set by tests, which have name servers of their own")
    public static Supplier<Resolvers> resolvers =
            () -> Resolvers.ofThisMachine(SslManagerConfiguration.get().isPrivateNameServers());

    private VisibleRecords() {}

    /** @param log a line for whoever watches the build */
    public static Propagation propagation(Consumer<String> log) {
        return new Propagation(resolvers.get(), Connections.get().pauses(), log);
    }

    public static ProofCheck check() {
        return new ProofCheck(record -> propagation(line -> {}).isShown(DnsRecord.parse(record)));
    }
}
