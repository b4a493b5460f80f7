package io.jenkins.plugins.sslmanager.engine.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.orders.Holder;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.pki.KeyStores;
import io.jenkins.plugins.sslmanager.engine.vault.JobVault;
import io.jenkins.plugins.sslmanager.engine.vault.VaultEntry;
import java.io.IOException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** One run of a job that rotates a certificate: it has what was delivered to it. */
public final class RunOfJob implements RotationPort {

    private final RotationFixture fixture;
    private final Holder run;
    private final DueRule dueRule;
    private final Rotation rotation;
    private final List<IssuedCertificate> delivered = new ArrayList<>();
    private final List<PrivateKey> keys = new ArrayList<>();
    private Runnable afterDelivery = () -> {};
    private Runnable afterKeeping = () -> {};
    private Consumer<String> atLine = line -> {};
    private boolean isDead;
    private String followed;
    private IOException deliveryFailure;
    private String storeAs;
    private int renewals = 1;
    private Predicate<VaultEntry> sees = entry -> false;
    private final List<X509Certificate> filled = new ArrayList<>();
    private CompletableFuture<Void> proof = CompletableFuture.completedFuture(null);

    RunOfJob(RotationFixture fixture, long certificateId, Holder run, RotationSettings settings) {
        this.fixture = fixture;
        this.run = run;
        dueRule = settings.dueRule();
        rotation = fixture.rotation(certificateId, run, settings, this);
    }

    public CompletableFuture<RotationOutcome> start() {
        return rotation.run(null);
    }

    /** Goes on after a restart. */
    public CompletableFuture<RotationOutcome> resume(String order) {
        return rotation.run(order);
    }

    public RotationOutcome toTheEnd() {
        return fixture.done(start());
    }

    public void abort() {
        rotation.end();
    }

    /** Nothing that it has under way goes on, and it puts nothing in order. */
    void dieAtOnce() {
        stop();
        fixture.isOver(run);
    }

    /** The same, but whoever has the run takes it up again. */
    void stop() {
        isDead = true;
        rotation.end();
    }

    public void atLine(Consumer<String> action) {
        atLine = action;
    }

    void afterKeeping(Runnable action) {
        afterKeeping = action;
    }

    public void afterDelivery(Runnable action) {
        afterDelivery = action;
    }

    /** One for each delivery; null where the CSR was brought along. */
    public List<PrivateKey> keys() {
        return keys;
    }

    public void failDelivery(IOException failure) {
        deliveryFailure = failure;
    }

    public void proveBy(CompletableFuture<Void> work) {
        proof = work;
    }

    /** It stores the certificate under this id, and needs its key therefore. */
    RunOfJob storeAs(String id) {
        storeAs = id;
        return this;
    }

    /** Its account orders no more renewals than that in 30 days. */
    RunOfJob mayRenew(int renewals) {
        this.renewals = renewals;
        return this;
    }

    /** It is shown entries of other jobs. */
    RunOfJob seesAll() {
        sees = entry -> true;
        return this;
    }

    /** What it was provided with from the vault. */
    List<X509Certificate> filled() {
        return filled;
    }

    public String followed() {
        return followed;
    }

    public List<IssuedCertificate> delivered() {
        return delivered;
    }

    @Override
    public void log(String line) {
        fixture.logOf(run).accept(line);
        atLine.accept(line);
    }

    @Override
    public void check(IssuedCertificate current) {
        log("outputs are checked");
    }

    @Override
    public Optional<X509Certificate> inUse(IssuedCertificate current) {
        return Optional.empty();
    }

    private CertificateId number(IssuedCertificate certificate) {
        return new CertificateId(RotationFixture.SYSTEM, certificate.data().id());
    }

    private JobVault vault() {
        return new JobVault(fixture.vault(), fixture.wanted(), fixture.book(), "test", run.job(), "", sees);
    }

    @Override
    public Optional<KeptCertificate> kept(IssuedCertificate current) {
        return vault().usable(number(current), current.chain().leaf())
                .map(entry -> new KeptCertificate(
                        entry.newest().chain(), fixture.vault().key(entry)));
    }

    @Override
    public void fill(IssuedCertificate kept, PrivateKey key) {
        KeyStores.requirePair(key, kept.chain().leaf());
        filled.add(kept.chain().leaf());
    }

    @Override
    public Lack lack(IssuedCertificate current) {
        if (storeAs == null) {
            return Lack.NOTHING;
        }
        return vault().want(number(current), current.data().name()) == JobVault.Want.ORDERED
                ? Lack.KEY_TO_ORDER
                : Lack.KEY;
    }

    @Override
    public boolean isHeldBack(IssuedCertificate current) {
        JobVault.Want want = vault().wantNewer(
                        number(current),
                        current.data().name(),
                        current.chain().leaf(),
                        leaf -> dueRule.isDue(
                                leaf.getNotBefore().toInstant(),
                                leaf.getNotAfter().toInstant(),
                                fixture.now()));
        return want != JobVault.Want.ORDERED;
    }

    @Override
    public int renewals(IssuedCertificate current) {
        return renewals;
    }

    @Override
    public void placed(Order order) {
        vault().ordered(order.certificate());
    }

    @Override
    public void keep(Order order, IssuedCertificate issued, @CheckForNull PrivateKey key) {
        if (key != null) {
            vault().keep(order.certificate(), issued.data().name(), storeAs, issued.chain(), key);
            afterKeeping.run();
        }
    }

    @Override
    public void follows(Order order) {
        followed = order.id();
    }

    @Override
    public CompletableFuture<Void> prove(Order order) {
        return proof;
    }

    @Override
    public void deliver(Order order, IssuedCertificate issued, @CheckForNull PrivateKey key) throws IOException {
        if (deliveryFailure != null) {
            throw deliveryFailure;
        }
        if (key != null) {
            KeyStores.requirePair(key, issued.chain().leaf());
        }
        keys.add(key);
        delivered.add(issued);
        afterDelivery.run();
    }

    @Override
    public boolean isInterrupted() {
        return isDead;
    }
}
