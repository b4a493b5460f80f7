package io.jenkins.plugins.sslmanager.engine.orders;

import com.fasterxml.jackson.annotation.JsonIgnore;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.CertAuthentication;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A record of the order book. Immutable: what changes is a new record, and only {@link OrderBook} makes it count.
 *
 * @param id lower-case hex, made by the book
 * @param stage how far it is
 * @param certificate what was ordered, by the number that it had then
 * @param certificateName its common name
 * @param account by which it was ordered: its lasting id in Jenkins, a name in records from before there were ids
 * @param request what was ordered
 * @param proof what proves control of its domains, as the service has offered it; null until it has been asked
 * @param owner to whom it belongs
 * @param holder who works on it at the moment; null for nobody
 * @param build of the owner that has worked on it last, as in {@link Holder}; null for none
 * @param sent how often it was sent; 0 before {@link Stage#ORDERING}
 * @param emptyLooks how often in a row, an hour apart, the service showed nothing of an order in doubt
 * @param jobId the service's job; 0 as long as it is not known
 * @param issued what came of it; null before {@link Stage#ISSUED}
 * @param remark why it ended as it did, or what keeps it; null if there is nothing to say
 * @param sealedKey the private key, sealed, Base64; null where the CSR was brought along, and after the delivery
 * @param created when it was begun
 * @param changed when this record was written
 */
public record Order(
        String id,
        Stage stage,
        CertificateId certificate,
        String certificateName,
        String account,
        Request request,
        @CheckForNull CertAuthentication proof,
        Owner owner,
        @CheckForNull Holder holder,
        @CheckForNull String build,
        int sent,
        int emptyLooks,
        long jobId,
        @CheckForNull Issued issued,
        @CheckForNull String remark,
        @CheckForNull String sealedKey,
        Instant created,
        Instant changed) {

    /** What an order has to win at least. The service rounds dates to the end of a day, so that less decides nothing. */
    public static final Duration WORTHWHILE = Duration.ofDays(2);

    /** Also of what stands in a file. */
    public Order {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(stage, "stage");
        Objects.requireNonNull(certificate, "certificate");
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(changed, "changed");
    }

    /**
     * What was ordered.
     *
     * @param csr PEM
     * @param publicKeySha256 of the CSR's SubjectPublicKeyInfo, lower-case hex
     * @param ctid the client transaction id, the same each time that the order is sent
     * @param previousSerialNumber hex, as the service wrote it; null where the certificate had never been issued
     * @param repeatable whether it costs nothing and disturbs nobody if it is sent a second time
     * @param names that the new certificate has to have, in ASCII; none in a record of an older version
     * @param task what it asks of the service
     * @param billedFor what a renewal is billed for, for people; null for a re-issue
     * @param reason why it was placed
     * @param previousNotAfter when the certificate before it ends; null where there was none, or nobody has looked
     * @param keyMadeHere whether its private key was in the book, which it has left once the order has ended
     */
    public record Request(
            String csr,
            String publicKeySha256,
            String ctid,
            @CheckForNull String previousSerialNumber,
            boolean repeatable,
            List<String> names,
            OrderTask task,
            @CheckForNull String billedFor,
            OrderReason reason,
            @CheckForNull Instant previousNotAfter,
            boolean keyMadeHere) {

        public Request {
            Objects.requireNonNull(csr, "csr");
            Objects.requireNonNull(publicKeySha256, "publicKeySha256");
            Objects.requireNonNull(ctid, "ctid");
            names = names == null ? List.of() : List.copyOf(names);
            task = task == null ? OrderTask.REISSUE : task;
            reason = reason == null ? OrderReason.ON_DEMAND : reason;
        }
    }

    /**
     * The certificate that came of an order.
     *
     * @param certificateId the number that it has since
     * @param serialNumber hex
     * @param notAfter when it ends
     */
    public record Issued(
            long certificateId,
            String serialNumber,
            @CheckForNull Instant notAfter) {

        public Issued {
            Objects.requireNonNull(serialNumber, "serialNumber");
        }
    }

    /** Returns the number to ask CertificateInfo for. */
    @JsonIgnore
    public long certificateIdNow() {
        return issued == null ? certificate.number() : issued.certificateId();
    }

    /** Tells whether it renews the certificate, which is billed. */
    @JsonIgnore
    public boolean isRenewal() {
        return request.task() == OrderTask.RENEW;
    }

    /** Tells whether its private key is in the book. */
    @JsonIgnore
    public boolean hasKey() {
        return sealedKey != null;
    }

    /** Tells whether it was placed since the certificate ran out, and the new one lasts hardly longer. */
    @JsonIgnore
    public boolean wonTooLittle() {
        Instant before = request.previousNotAfter();
        Issued known = issued;
        Instant since = known == null ? null : known.notAfter();
        return request.reason() == OrderReason.RUNS_OUT
                && before != null
                && since != null
                && since.isBefore(before.plus(WORTHWHILE));
    }

    /**
     * Tells whether it has ended with a certificate and may have won nothing: it won too little, or the service asked for it, and
     * may go on asking.
     */
    @JsonIgnore
    boolean isPerhapsFruitless() {
        return stage == Stage.DELIVERED && (request.reason() == OrderReason.SERVICE_ASKS || wonTooLittle());
    }

    /** Returns the record after the service has offered what proves control of its domains. */
    public Order provenBy(CertAuthentication offered) {
        return with(next -> next.proof = offered);
    }

    /** Returns the record before it is sent, once more or for the first time. */
    public Order sending() {
        return with(next -> {
            next.stage = Stage.ORDERING;
            next.sent++;
            next.emptyLooks = 0;
            next.jobId = 0;
            next.remark = null;
        });
    }

    /** Returns the record after one more look that showed nothing of it. */
    public Order notSeen() {
        return with(next -> next.emptyLooks++);
    }

    /** Returns the record after a look that showed something that may be this order. */
    public Order perhapsSeen() {
        return with(next -> next.emptyLooks = 0);
    }

    /** Returns the record after the service has accepted it. */
    public Order accepted(long acceptedJobId) {
        return with(next -> {
            next.stage = Stage.ORDERED;
            next.emptyLooks = 0;
            next.jobId = acceptedJobId;
            next.remark = null;
        });
    }

    /** Returns the record after its certificate was seen and checked. */
    public Order issuedAs(Issued certificate) {
        return with(next -> {
            next.stage = Stage.ISSUED;
            next.emptyLooks = 0;
            next.issued = certificate;
            next.remark = null;
        });
    }

    /** Returns the record when key and certificate are where they were wanted. The key leaves the book. */
    public Order delivered() {
        return with(next -> {
            next.stage = Stage.DELIVERED;
            next.holder = null;
            next.emptyLooks = 0;
            next.remark = null;
            next.sealedKey = null;
        });
    }

    /** Returns the record when nothing shall come of it any more. The key leaves the book, but see {@link OrderBook#giveUp}. */
    public Order ended(Stage end, String why) {
        return with(next -> {
            next.stage = end;
            next.holder = null;
            next.remark = why;
            next.sealedKey = null;
        });
    }

    /** Returns the record when another order of its certificate goes to the service before it. */
    Order overtakenBy(Order other) {
        return ended(Stage.SUPERSEDED, "Order " + other.id() + " of the same certificate was sent first");
    }

    /** Tells whether it has ended since another order of its certificate was sent before it. */
    boolean isOvertaken() {
        return stage == Stage.SUPERSEDED && sent == 0;
    }

    Order heldBy(@CheckForNull Holder other) {
        return with(next -> {
            next.holder = other;
            next.build = other == null ? build : other.build();
        });
    }

    /** Whoever works on it is not its holder any more. */
    Order givenTo(Owner other) {
        return with(next -> {
            next.owner = other;
            next.holder = null;
            next.build = null;
        });
    }

    /** Returns the record where its job has another name since; whoever works on it goes on. Null where the job is gone. */
    Order movedTo(@CheckForNull String job) {
        return with(next -> {
            next.owner = owner.withJob(job);
            next.holder = holder == null || job == null ? null : holder.withJob(job);
        });
    }

    /** Tells whether nothing has happened to it but that its job has another name. */
    boolean isAsBefore(Order before) {
        return movedTo("").at(before.changed()).equals(before.movedTo(""));
    }

    Order at(Instant now) {
        return with(next -> next.changed = now);
    }

    private Order with(Consumer<Next> change) {
        Next next = new Next(this);
        change.accept(next);
        return new Order(
                id,
                next.stage,
                certificate,
                certificateName,
                account,
                request,
                next.proof,
                next.owner,
                next.holder,
                next.build,
                next.sent,
                next.emptyLooks,
                next.jobId,
                next.issued,
                next.remark,
                next.sealedKey,
                created,
                next.changed);
    }

    /** What can be different in the next record of an order. */
    private static final class Next {

        private Stage stage;

        @CheckForNull
        private CertAuthentication proof;

        private Owner owner;

        @CheckForNull
        private Holder holder;

        @CheckForNull
        private String build;

        private int sent;
        private int emptyLooks;
        private long jobId;

        @CheckForNull
        private Issued issued;

        @CheckForNull
        private String remark;

        @CheckForNull
        private String sealedKey;

        private Instant changed;

        Next(Order now) {
            stage = now.stage;
            proof = now.proof;
            owner = now.owner;
            holder = now.holder;
            build = now.build;
            sent = now.sent;
            emptyLooks = now.emptyLooks;
            jobId = now.jobId;
            issued = now.issued;
            remark = now.remark;
            sealedKey = now.sealedKey;
            changed = now.changed;
        }
    }

    /** Without the sealed key, for logs. */
    @Override
    public String toString() {
        return (isRenewal() ? "renewal " : "order ") + id + " of certificate " + certificate + " (" + certificateName
                + "), " + stage + (jobId == 0 ? "" : ", job " + jobId);
    }

    /** Returns the certificate's numbers that this record tells of. */
    List<CertificateId> certificates() {
        return issued == null || issued.certificateId() == certificate.number()
                ? List.of(certificate)
                : List.of(certificate, new CertificateId(certificate.system(), issued.certificateId()));
    }
}
