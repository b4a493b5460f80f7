package io.jenkins.plugins.sslmanager.orders;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Cause;
import hudson.model.Run;
import io.jenkins.plugins.sslmanager.account.OrderFacts;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.orders.Holder;
import io.jenkins.plugins.sslmanager.engine.orders.KeySealing;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBook;
import io.jenkins.plugins.sslmanager.engine.orders.Owner;
import io.jenkins.plugins.sslmanager.engine.orders.Sealing;
import io.jenkins.plugins.sslmanager.engine.storage.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/** The order book of this controller, in {@code JENKINS_HOME/ssl-manager/orders}. */
@Extension
public final class Orders implements OrderFacts {

    private static final Logger LOGGER = Logger.getLogger(Orders.class.getName());
    private static final int LONGEST_STARTED_BY = 200;

    private OrderBook book;
    private KeySealing sealing;

    public static Orders get() {
        return ExtensionList.lookupSingleton(Orders.class);
    }

    /** @throws StorageException if its folder cannot be made or read; then nothing can be ordered */
    public synchronized OrderBook book() {
        if (book == null) {
            Path folder = folder();
            try {
                book = OrderBook.open(
                        folder, sealing(), RunsAtWork.get(), InstantSource.system(), LOGGER::warning, OrderAudit::tell);
            } catch (IOException e) {
                throw new StorageException(
                        "The order book in JENKINS_HOME/ssl-manager/orders cannot be read, so nothing is ordered",
                        "Check the folder's permissions.",
                        e);
            }
        }
        return book;
    }

    /** Where the order book lies, and what shares its seal. */
    public Path folder() {
        return Jenkins.get().getRootDir().toPath().resolve("ssl-manager").resolve("orders");
    }

    /** The one seal of this controller's private keys. */
    public synchronized Sealing sealing() {
        if (sealing == null) {
            sealing = new KeySealing(folder(), new SealingKey());
        }
        return sealing;
    }

    @Override
    public long currentNumber(String system, long certificateId) {
        return book().current(new CertificateId(system, certificateId)).number();
    }

    @Override
    public OptionalLong orderedNumber(String publicKeySha256, String job) {
        return book().openForKey(publicKeySha256)
                .filter(order -> job.equals(order.owner().job()))
                .map(order -> OptionalLong.of(order.certificate().number()))
                .orElseGet(OptionalLong::empty);
    }

    @Override
    public boolean hasKeyOf(String publicKeySha256, String job) {
        return book().openForKey(publicKeySha256)
                .map(order -> order.hasKey() && job.equals(order.owner().job()))
                .orElseGet(() -> book().keys().find(publicKeySha256, job).isPresent());
    }

    /** To whom an order of this build belongs. */
    public static Owner owner(Run<?, ?> build) {
        List<Cause> causes = build.getCauses();
        String startedBy = causes.stream().map(Cause::getShortDescription).collect(Collectors.joining("; "));
        return new Owner(
                build.getParent().getFullName(),
                startedBy.length() > LONGEST_STARTED_BY ? startedBy.substring(0, LONGEST_STARTED_BY) : startedBy);
    }

    /**
     * Returns a step of this build as one that works on an order.
     *
     * @param execution the same after a restart
     */
    public static Holder holder(Run<?, ?> build, String execution) {
        return new Holder(build.getParent().getFullName(), "#" + build.getNumber(), execution);
    }
}
