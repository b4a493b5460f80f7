package io.jenkins.plugins.sslmanager.delivery;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.model.EnvironmentContributingAction;
import hudson.model.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.RunAction2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A build's certificates, with what became of each: on its page, in its remote API, and for its later steps. */
@ExportedBean
public final class CertificatesAction implements RunAction2, EnvironmentContributingAction {

    private static final Logger LOGGER = Logger.getLogger(CertificatesAction.class.getName());
    private static final Object CREATION = new Object();

    private transient Run<?, ?> build;

    /** A plain list, since it lies in the build's record. It is never changed, but replaced. */
    private volatile List<CertificateOutcome> outcomes = new ArrayList<>();

    /** The one of a build, which is made at its first certificate. */
    public static CertificatesAction of(Run<?, ?> build) {
        synchronized (CREATION) {
            CertificatesAction known = build.getAction(CertificatesAction.class);
            if (known == null) {
                known = new CertificatesAction();
                build.addAction(known);
            }
            return known;
        }
    }

    /** Tells what has become of a certificate, in the place of what was told of it before, and keeps it with the build. */
    public void put(CertificateOutcome outcome) {
        replace(outcome);
        save();
        CertificateListener.tell(build, outcome);
    }

    /** How far a certificate is. It is kept with the build once something has changed but the words. */
    public void progress(CertificateOutcome waiting) {
        boolean isNew =
                outcomes.stream().noneMatch(known -> isSame(known, waiting) && known.getKind() == waiting.getKind());
        replace(waiting);
        if (isNew) {
            save();
        }
    }

    /** So that a restart does not undo it. No build fails for what is for looking at. */
    private void save() {
        try {
            build.save();
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "What became of the certificates of " + build + " was not kept", e);
        }
    }

    private synchronized void replace(CertificateOutcome outcome) {
        List<CertificateOutcome> next = new ArrayList<>(outcomes);
        next.removeIf(known -> isSame(known, outcome));
        next.add(outcome);
        outcomes = next;
    }

    /** What was given by a name that nobody has found has no number. */
    private static boolean isSame(CertificateOutcome one, CertificateOutcome other) {
        return one.system().equals(other.system())
                && one.getCertificateId() == other.getCertificateId()
                && (one.getCertificateId() != 0 || one.getName().equals(other.getName()));
    }

    /** What is known of a certificate by the number that a step was given; another system can have the same number. */
    public Optional<CertificateOutcome> find(String system, long certificateId) {
        return outcomes.stream()
                .filter(known -> known.system().equals(system) && known.getCertificateId() == certificateId)
                .findFirst();
    }

    /** Those that need somebody first. */
    @Exported
    public List<CertificateOutcome> getCertificates() {
        return outcomes.stream()
                .map(outcome -> build.isBuilding() ? outcome : outcome.afterTheBuild())
                .sorted(Comparator.comparing(CertificateOutcome::getKind).thenComparing(CertificateOutcome::getName))
                .toList();
    }

    public String getTitle() {
        return Messages.CertificatesAction_title();
    }

    /** The address of the build, relative to Jenkins' root. */
    public String getBuildUrl() {
        return build.getUrl();
    }

    /** The address of the job's orders, relative to Jenkins' root. */
    public String getOrdersUrl() {
        return build.getParent().getUrl() + "ssl-manager-orders/";
    }

    /** The build's own page shows it. */
    @CheckForNull
    @Override
    public String getIconFileName() {
        return null;
    }

    @CheckForNull
    @Override
    public String getDisplayName() {
        return null;
    }

    @CheckForNull
    @Override
    public String getUrlName() {
        return null;
    }

    @Override
    public void onAttached(Run<?, ?> run) {
        build = run;
    }

    @Override
    public void onLoad(Run<?, ?> run) {
        build = run;
    }

    /** For the later steps of the build; of several certificates the last one that it has got counts. */
    @Override
    public void buildEnvironment(@NonNull Run<?, ?> run, @NonNull EnvVars env) {
        outcomes.stream()
                .filter(outcome -> outcome.getKind() != CertificateOutcome.Kind.FAILED)
                .map(CertificateOutcome::getCertificate)
                .filter(Objects::nonNull)
                .reduce((before, last) -> last)
                .ifPresent(certificate -> env.putAll(certificate.variables()));
    }
}
