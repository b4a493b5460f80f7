package io.jenkins.plugins.sslmanager.certificates;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.sslmanager.account.ServiceAddress;
import io.jenkins.plugins.sslmanager.delivery.CertificateFacts;
import io.jenkins.plugins.sslmanager.delivery.CertificateListener;
import io.jenkins.plugins.sslmanager.delivery.CertificateOfBuild;
import io.jenkins.plugins.sslmanager.delivery.CertificateOutcome;
import java.time.Instant;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * What this controller knows of the certificates that its builds have handled. A record outlives its builds, and also its
 * job: then it is the administrator's, since the certificate is still out there and runs out.
 */
@Extension
public final class CertificateRecords extends CertificateListener {

    private static final Logger LOGGER = Logger.getLogger(CertificateRecords.class.getName());

    private static final int MOST = 10_000;

    private RecordStore store;

    static RecordStore get() {
        return ExtensionList.lookupSingleton(CertificateRecords.class).store();
    }

    private synchronized RecordStore store() {
        if (store == null) {
            store = RecordStore.open(
                    Jenkins.get().getRootDir().toPath().resolve("ssl-manager").resolve("certificates"),
                    MOST,
                    LOGGER::warning);
        }
        return store;
    }

    @Override
    public void onOutcome(Run<?, ?> build, CertificateOutcome outcome) {
        String job = build.getParent().getFullName();
        CertificateOfBuild certificate = outcome.getCertificate();
        if (certificate == null) {
            failedByName(job, build.getNumber(), outcome);
            return;
        }
        CertificateRecord seen = CertificateRecord.of(certificate.facts(), job, build.getNumber(), Instant.now());
        CertificateRecord handled = outcome.getKind().isOfRotation() ? seen.rotating() : seen;
        switch (outcome.getKind()) {
            case FAILED -> store().add(handled.failed(outcome.getReason()));
            case REISSUED, RENEWED, NOT_DUE -> {
                store().add(handled);
                store().change(job, record -> record.id().equals(handled.id()) ? record.rotatedBy(job) : record);
            }
            default -> store().add(handled);
        }
    }

    /** A build that went on with an order did not ask for the certificate anew. */
    private void failedByName(String job, int build, CertificateOutcome outcome) {
        if (outcome.getKind() == CertificateOutcome.Kind.FAILED) {
            store().change(
                            job,
                            record -> record.isOf(job) && isAbout(outcome, record.facts())
                                    ? record.failedIn(job, build, Instant.now(), outcome.getReason())
                                    : record);
        }
    }

    private static boolean isAbout(CertificateOutcome outcome, CertificateFacts facts) {
        return facts.name().equals(outcome.getName())
                && ServiceAddress.systemOf(facts.service()).equals(outcome.system());
    }

    /** Updates the records when a job moves. */
    @Extension
    public static final class Jobs extends ItemListener {

        /** In the background, so that neither the start waits for the records to be read, nor whoever looks at them first. */
        @Override
        public void onLoaded() {
            Computer.threadPoolForRemoting.execute(CertificateRecords::get);
        }

        @Override
        public void onLocationChanged(Item item, String oldFullName, String newFullName) {
            get().change(oldFullName, record -> record.renamed(oldFullName, newFullName));
        }

        @Override
        public void onDeleted(Item item) {
            forget(item);
        }

        /** A job of another's former name is not to show what that one has left. */
        @Override
        public void onCreated(Item item) {
            forget(item);
        }

        private static void forget(Item item) {
            get().change(item.getFullName(), record -> record.withoutJob(item.getFullName()));
        }
    }

    /** Has no record lead to a build that is gone. */
    @Extension
    @SuppressWarnings("rawtypes") // as RunListener is declared
    public static final class Builds extends RunListener<Run> {

        @Override
        public void onDeleted(Run build) {
            String job = build.getParent().getFullName();
            get().change(job, record -> record.withoutBuild(job, build.getNumber()));
        }
    }
}
