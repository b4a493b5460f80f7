package io.jenkins.plugins.sslmanager.outputs;

import hudson.FilePath;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateChain;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A certificate and its chain as PEM files of a workspace. */
public final class CertificateFiles {

    private CertificateFiles() {}

    /**
     * Writes {@code leaf.pem}, {@code chain.pem}, {@code fullchain.pem}, and {@code root.pem} where the root is known.
     *
     * @param dir a path in the workspace; empty for the workspace itself
     * @return the paths written, relative to the workspace, by what they are: leaf, chain, fullchain, root
     */
    public static Map<String, String> write(FilePath workspace, String dir, CertificateChain chain)
            throws IOException, InterruptedException {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("leaf.pem", chain.leafPem());
        texts.put("chain.pem", chain.chainPem());
        texts.put("fullchain.pem", chain.fullchainPem());
        chain.rootPem().ifPresent(root -> texts.put("root.pem", root));
        Map<String, String> paths = new LinkedHashMap<>();
        WorkspaceFiles.write(workspace, "dir", dir, texts)
                .forEach((file, path) -> paths.put(file.substring(0, file.indexOf('.')), path));
        return paths;
    }
}
