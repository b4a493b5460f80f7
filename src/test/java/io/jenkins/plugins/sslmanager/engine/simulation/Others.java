package io.jenkins.plugins.sslmanager.engine.simulation;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.api.CertificateOrder;
import io.jenkins.plugins.sslmanager.engine.api.Job;
import io.jenkins.plugins.sslmanager.engine.api.PollMessage;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import io.jenkins.plugins.sslmanager.engine.rotation.OrderChanges;
import io.jenkins.plugins.sslmanager.engine.rotation.OrderDraft;
import io.jenkins.plugins.sslmanager.engine.rotation.ProofOfControl;
import io.jenkins.plugins.sslmanager.engine.sandbox.Behaviour;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Other people with the same account: they register domains and re-issue the same certificates, and take their messages. */
final class Others {

    private static final Duration LONGEST_INDIFFERENCE = Duration.ofHours(1);
    private static final KeyPair KEYS = KeyAlgorithm.RSA_2048.generate();
    private static final String CTIDS = "other-";

    private final boolean takeTheirMessages;
    private int domains;
    private int planned;
    private int reissues;
    private boolean minding;
    private World world;

    /** @param takeTheirMessages whether they confirm them some time later */
    Others(boolean takeTheirMessages) {
        this.takeTheirMessages = takeTheirMessages;
    }

    void live(World in) {
        world = in;
    }

    void planDomain(Duration delay) {
        planned++;
        world.after(delay, () -> {
            long id = world.account().addForeignMessage("example" + domains++ + ".net");
            world.tally().count("foreign messages");
            world.story().tell("others", "foreign message " + id + " enters the queue");
            mindTheQueue();
        });
    }

    void planReissue(Duration delay, SimulatedCertificate certificate) {
        if (certificate.behaviour() != Behaviour.NEW_ID) {
            world.after(delay, () -> reissue(certificate));
        }
    }

    /** Sometimes somebody orders just before or after we do. */
    void meddleWith(SimulatedCertificate certificate) {
        if (world.faults().goOn() && world.dice().chance(0.1)) {
            planReissue(
                    world.dice().upTo(world.dice().of(List.of(Duration.ofMinutes(2), Duration.ofMinutes(30)))),
                    certificate);
        }
    }

    private void reissue(SimulatedCertificate certificate) {
        if (!world.faults().goOn()) {
            return;
        }
        long number = world.ledger().number(certificate);
        String ctid = CTIDS + ++reissues;
        try {
            Certificate existing = world.service().certificateInfo(number);
            CertificateSigningRequest csr = CertificateSigningRequest.create(KEYS, certificate.name(), List.of());
            CertificateData prepared =
                    world.service().prepareOrder(CertificateData.request(csr.toPem(), existing.product()));
            CertificateOrder order =
                    OrderDraft.of(existing, csr, ProofOfControl.offered(existing, prepared), OrderChanges.NONE);
            Job job = world.service().reissue(number, order, ctid);
            world.ledger().place(number, csr.toPem(), ctid, false, job.id(), null);
            world.tally().count(Fault.FOREIGN_REISSUE);
            world.story().tell("others", "re-issue " + certificate + ": job " + job.id());
            mindTheQueue();
        } catch (ApiException refused) {
            world.story().tell("others", "cannot re-issue " + certificate);
        }
    }

    private void mindTheQueue() {
        if (takeTheirMessages && !minding) {
            minding = true;
            lookAgain();
        }
    }

    private void lookAgain() {
        world.after(world.dice().upTo(LONGEST_INDIFFERENCE), this::look);
    }

    private void look() {
        Optional<PollMessage> head = world.service().pollInfo().message();
        if (head.filter(this::isTheirs).isPresent()) {
            world.service().pollConfirm(head.get().id());
            world.story().tell("others", "confirm foreign message " + head.get().id());
        }
        if (areAllTaken() && !run()) {
            minding = false;
        } else {
            lookAgain();
        }
    }

    private boolean isTheirs(PollMessage message) {
        return message.ctid() == null || !message.ctid().startsWith(Controller.CTIDS);
    }

    /** Whether a job of theirs is still to end, and to leave a message. */
    boolean run() {
        return world.ledger().all().stream()
                .anyMatch(order -> order.by() == null
                        && order.end() != null
                        && order.runsAt(world.time().instant()));
    }

    boolean areAllTaken() {
        return domains == planned
                && world.service().pollInfo().message().filter(this::isTheirs).isEmpty();
    }
}
