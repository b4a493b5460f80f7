package io.jenkins.plugins.sslmanager;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.FilePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** Key stores in a workspace, judged by the JDK's library and by its keytool. */
public final class KeyStoreFiles {

    private KeyStoreFiles() {}

    /** The store has one entry, named by the common name of the leaf, with the leaf's issuer behind it. */
    public static void assertHolds(PrivateKey key, X509Certificate leaf, String type, String password, FilePath file)
            throws Exception {
        KeyStore store = KeyStore.getInstance(type);
        try (InputStream in = file.read()) {
            store.load(in, password.toCharArray());
        }
        String alias = store.aliases().nextElement();
        assertEquals("CN=" + alias, leaf.getSubjectX500Principal().getName());
        assertEquals(key, store.getKey(alias, password.toCharArray()));
        assertEquals(leaf, store.getCertificateChain(alias)[0]);
        assertEquals(2, store.getCertificateChain(alias).length);
        assertEquals(0, keytool(file, type, password));
    }

    private static int keytool(FilePath file, String type, String password) throws IOException, InterruptedException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-list",
                        "-storetype",
                        type,
                        "-keystore",
                        file.getRemote(),
                        "-storepass",
                        password)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
