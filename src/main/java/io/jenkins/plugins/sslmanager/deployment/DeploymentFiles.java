package io.jenkins.plugins.sslmanager.deployment;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import hudson.slaves.WorkspaceList;
import hudson.util.Secret;
import io.jenkins.plugins.sslmanager.engine.pki.KeyStores;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import io.jenkins.plugins.sslmanager.engine.pki.UsualFileNames;
import io.jenkins.plugins.sslmanager.engine.storage.SafeFiles;
import java.io.File;
import java.io.IOException;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import jenkins.MasterToSlaveFileCallable;

/**
 * The files that a block finds its certificate in, as long as it runs. They lie beside the workspace, where neither its browser
 * nor an archive of it gets to.
 */
final class DeploymentFiles {

    private static final String FOLDER = "ssl-manager";
    private static final String KEY_STORE = "keystore.p12";
    private static final int OWNER_ONLY = 0700;

    private DeploymentFiles() {}

    /**
     * Writes them, and deletes what builds that were killed have left here.
     *
     * @param build a name of the build, the same for all its steps
     * @param step a name of the step among those
     * @param password of the key store; null for no key store
     * @return their paths, by the names of their variables
     */
    static Map<String, String> write(
            FilePath workspace,
            String build,
            String step,
            DeployableCertificate certificate,
            @CheckForNull Secret password)
            throws IOException, InterruptedException {
        FilePath all = folder(workspace);
        FilePath own = all.child(build + "-" + step);
        LinkedHashMap<String, byte[]> contents = new LinkedHashMap<>();
        contents.put(UsualFileNames.LEAF, ascii(certificate.chain().leafPem()));
        contents.put(UsualFileNames.CHAIN, ascii(certificate.chain().chainPem()));
        contents.put(UsualFileNames.FULLCHAIN, ascii(certificate.chain().fullchainPem()));
        contents.put(UsualFileNames.KEY, ascii(Pem.encode(certificate.key())));
        Map<String, String> paths = new LinkedHashMap<>();
        paths.put("SSL_CERT_FILE", own.child(UsualFileNames.LEAF).getRemote());
        paths.put("SSL_CHAIN_FILE", own.child(UsualFileNames.CHAIN).getRemote());
        paths.put("SSL_FULLCHAIN_FILE", own.child(UsualFileNames.FULLCHAIN).getRemote());
        paths.put("SSL_KEY_FILE", own.child(UsualFileNames.KEY).getRemote());
        if (password != null) {
            contents.put(
                    KEY_STORE,
                    KeyStores.pkcs12(
                            certificate.key(),
                            certificate.chain(),
                            "certificate",
                            password.getPlainText().toCharArray()));
            paths.put("SSL_KEYSTORE_FILE", own.child(KEY_STORE).getRemote());
        }
        try {
            all.act(new Write(build + "-", own.getName(), contents));
        } finally {
            clear(contents);
        }
        return paths;
    }

    /** Overwrites the key in memory, on the controller and on the agent. */
    private static void clear(Map<String, byte[]> contents) {
        contents.values().forEach(content -> Arrays.fill(content, (byte) 0));
    }

    private static byte[] ascii(String pem) {
        return pem.getBytes(StandardCharsets.US_ASCII);
    }

    /** Deletes what {@link #write} has written. */
    static void delete(FilePath workspace, String build, String step) throws IOException, InterruptedException {
        folder(workspace).child(build + "-" + step).deleteRecursive();
    }

    private static FilePath folder(FilePath workspace) throws IOException {
        FilePath temporary = WorkspaceList.tempDir(workspace);
        if (temporary == null) {
            throw new IOException("There is no folder for temporary files beside the workspace " + workspace.getRemote()
                    + ". Use a workspace that is not the root of a file system");
        }
        return temporary.child(FOLDER);
    }

    /**
     * Does all of it on the agent. The controller acts on no path that an agent names: one that is sent as a {@link FilePath} can
     * mean a folder of the controller.
     */
    static final class Write extends MasterToSlaveFileCallable<Void> {

        @Serial
        private static final long serialVersionUID = 1L;

        private final String namesOfBuild;
        private final String name;
        private final LinkedHashMap<String, byte[]> contents;

        /**
         * @param namesOfBuild what the names of the build's own folders begin with
         * @param name of the new folder
         */
        Write(String namesOfBuild, String name, LinkedHashMap<String, byte[]> contents) {
            this.namesOfBuild = namesOfBuild;
            this.name = name;
            this.contents = contents;
        }

        @Override
        public Void invoke(File folder, VirtualChannel channel) throws IOException, InterruptedException {
            try {
                write(folder);
            } finally {
                clear(contents);
            }
            return null;
        }

        private void write(File folder) throws IOException, InterruptedException {
            requireNoLink(folder.getParentFile());
            requireNoLink(folder);
            FilePath all = new FilePath(folder);
            for (FilePath left : all.listDirectories()) {
                if (!left.getName().startsWith(namesOfBuild)) {
                    // A workspace belongs to one build at a time.
                    left.deleteRecursive();
                }
            }
            FilePath own = all.child(name);
            own.deleteRecursive();
            own.mkdirs();
            own.chmod(OWNER_ONLY);
            try {
                for (Map.Entry<String, byte[]> file : contents.entrySet()) {
                    SafeFiles.createPrivate(Path.of(own.child(file.getKey()).getRemote()), file.getValue());
                }
            } catch (IOException e) {
                // The key may be there already.
                own.deleteRecursive();
                throw e;
            }
        }

        /** A link could lead into the workspace, which Jenkins shows. */
        private static void requireNoLink(File folder) throws AbortException {
            if (Files.isSymbolicLink(folder.toPath())) {
                throw new AbortException(
                        "'" + folder + "' is a link, and a private key is written to no folder behind a link."
                                + " Delete the link on the agent, and see which build has made it");
            }
        }
    }
}
