package io.jenkins.plugins.sslmanager.engine.dns;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SimpleResolver;

/** Whom to ask. */
public interface Resolvers {

    /** That finds names anywhere. */
    Resolver recursive();

    /** The servers of the root, for a way to a zone that this machine's setup has no part in; empty for none. */
    List<InetAddress> roots();

    /** That name server itself. */
    Resolver of(InetAddress nameServer);

    /** Tells whether name servers at private addresses may be asked, which whoever has a zone can name. */
    boolean mayAskPrivateAddresses();

    /**
     * As this machine is set up now, and name servers on port 53.
     *
     * @param privateAddresses whether name servers at private addresses may be asked
     */
    static Resolvers ofThisMachine(boolean privateAddresses) {
        // The library reads the machine's setup only once by itself.
        ResolverConfig.refresh();
        Resolver recursive = new ExtendedResolver();
        return new Resolvers() {
            @Override
            public Resolver recursive() {
                return recursive;
            }

            @Override
            public List<InetAddress> roots() {
                return RootServers.ADDRESSES;
            }

            @Override
            public boolean mayAskPrivateAddresses() {
                return privateAddresses;
            }

            @Override
            public Resolver of(InetAddress nameServer) {
                Resolver direct = new SimpleResolver(nameServer);
                direct.setTimeout(Duration.ofSeconds(5));
                return direct;
            }
        };
    }
}
