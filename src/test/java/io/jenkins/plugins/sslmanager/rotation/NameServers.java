package io.jenkins.plugins.sslmanager.rotation;

import io.jenkins.plugins.sslmanager.account.VisibleRecords;
import io.jenkins.plugins.sslmanager.engine.dns.Resolvers;
import java.util.function.Supplier;
import org.jvnet.hudson.test.junit.jupiter.FlagExtension;

/** Name servers of a test in the place of those that this machine knows. */
public final class NameServers {

    private NameServers() {}

    public static FlagExtension<Supplier<Resolvers>> extension(Resolvers resolvers) {
        return new FlagExtension<>(
                () -> VisibleRecords.resolvers, now -> VisibleRecords.resolvers = now, () -> resolvers);
    }
}
