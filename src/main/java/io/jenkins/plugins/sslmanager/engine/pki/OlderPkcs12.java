package io.jenkins.plugins.sslmanager.engine.pki;

import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.Provider;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Key stores of the encryption that Java itself makes no more. A class of its own, since in a Java that is bound to FIPS 140 it
 * cannot be loaded: Bouncy Castle has no such provider there.
 */
final class OlderPkcs12 {

    /** Not among the providers of this Java: nothing else shall be done by it. */
    private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

    private OlderPkcs12() {}

    static KeyStore keyStore() throws KeyStoreException {
        return KeyStore.getInstance("PKCS12-3DES-3DES", BOUNCY_CASTLE);
    }
}
