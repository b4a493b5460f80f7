package io.jenkins.plugins.sslmanager.delivery;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Fingerprint;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.tasks.Fingerprinter.FingerprintAction;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import jenkins.model.Jenkins;
import jenkins.util.BuildListenerAdapter;

/** The files of a certificate as artifacts of the build, with their fingerprints: the public ones, never a private key. */
public final class CertificateArtifacts {

    private CertificateArtifacts() {}

    /**
     * @param files paths in the workspace, by the label of their format
     * @return those of them that are artifacts now, under the same paths
     */
    public static Map<String, String> archive(
            Run<?, ?> build, FilePath workspace, Launcher launcher, TaskListener listener, Map<String, String> files)
            throws IOException, InterruptedException {
        Map<String, String> shared = new LinkedHashMap<>(files);
        shared.keySet()
                .removeIf(label ->
                        OutputFormat.valueOf(label.toUpperCase(Locale.ROOT)).hasKey());
        Map<String, String> paths = new HashMap<>();
        shared.values().forEach(path -> paths.put(path, path));
        if (!paths.isEmpty()) {
            build.pickArtifactManager().archive(workspace, launcher, BuildListenerAdapter.wrap(listener), paths);
            recordFingerprints(build, workspace, shared);
        }
        return shared;
    }

    private static void recordFingerprints(Run<?, ?> build, FilePath workspace, Map<String, String> files)
            throws IOException, InterruptedException {
        Map<String, String> digests = new HashMap<>();
        for (String path : files.values()) {
            FilePath file = workspace.child(path);
            String digest = file.digest();
            Fingerprint fingerprint = Jenkins.get().getFingerprintMap().getOrCreate(build, file.getName(), digest);
            fingerprint.addFor(build);
            digests.put(path, digest);
        }
        FingerprintAction recorded = build.getAction(FingerprintAction.class);
        if (recorded == null) {
            build.addAction(new FingerprintAction(build, digests));
        } else {
            recorded.add(digests);
        }
    }
}
