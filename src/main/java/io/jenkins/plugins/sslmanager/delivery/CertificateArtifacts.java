package io.jenkins.plugins.sslmanager.delivery;

import hudson.Launcher;
import hudson.model.Fingerprint;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.tasks.Fingerprinter.FingerprintAction;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import jenkins.model.Jenkins;
import jenkins.util.BuildListenerAdapter;

/** The files of a certificate as artifacts of the build, with their fingerprints: the public ones, never a private key. */
final class CertificateArtifacts {

    private CertificateArtifacts() {}

    /** @return paths of the artifacts, by the label of their format */
    static Map<String, String> archive(Run<?, ?> build, WrittenFiles written, Launcher launcher, TaskListener listener)
            throws IOException, InterruptedException {
        Map<String, String> shared = written.publicPaths();
        Map<String, String> paths = new HashMap<>();
        shared.values().forEach(path -> paths.put(path, path));
        if (!paths.isEmpty()) {
            build.pickArtifactManager().archive(written.root(), launcher, BuildListenerAdapter.wrap(listener), paths);
            recordFingerprints(build, written.publicChecksums());
        }
        return shared;
    }

    private static void recordFingerprints(Run<?, ?> build, Map<String, String> checksums) throws IOException {
        for (Map.Entry<String, String> file : checksums.entrySet()) {
            String name = file.getKey().substring(file.getKey().lastIndexOf('/') + 1);
            Fingerprint fingerprint = Jenkins.get().getFingerprintMap().getOrCreate(build, name, file.getValue());
            fingerprint.addFor(build);
        }
        FingerprintAction recorded = build.getAction(FingerprintAction.class);
        if (recorded == null) {
            build.addAction(new FingerprintAction(build, checksums));
        } else {
            recorded.add(checksums);
        }
    }
}
