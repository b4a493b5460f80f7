package io.jenkins.plugins.sslmanager.engine.orders;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.sslmanager.engine.async.VirtualTime;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBookException.Kind;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;

/** An order book in a folder, and those that use it. */
final class BookFixture {

    static final CertificateId SHOP = new CertificateId(ServiceSystem.LIVE, 4711);
    static final CertificateId MAIL = new CertificateId(ServiceSystem.LIVE, 4712);
    static final Owner TEAM = new Owner("team/rotate", "timer");
    static final Holder BUILD_1 = new Holder("team/rotate", "1", "7");
    static final Holder BUILD_2 = new Holder("team/rotate", "2", "7");
    static final Holder OTHER_JOB = new Holder("other/rotate", "1", "7");

    final VirtualTime time = new VirtualTime();
    final Set<Holder> over = new HashSet<>();
    final List<String> reports = new ArrayList<>();
    final KeyStoreInMemory store = new KeyStoreInMemory();
    final KeyPair keys = KeyAlgorithm.EC_P256.generate();
    final CertificateSigningRequest csr = CertificateSigningRequest.create(keys, "shop.example.com", List.of());
    final Path folder;
    OrderBook book;

    BookFixture(Path folder) {
        this.folder = folder;
        reopen();
    }

    /** As after a restart of Jenkins. */
    void reopen() {
        try {
            book = OrderBook.open(folder, new KeySealing(folder, store), over::contains, time, reports::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    OrderEntry draft(CertificateId certificate) {
        return new OrderEntry(
                certificate,
                "shop.example.com",
                "main",
                csr,
                keys.getPrivate(),
                "0123456789abcdef",
                true,
                csr.dnsNames(),
                OrderTask.REISSUE,
                null,
                OrderReason.ON_DEMAND,
                null);
    }

    Order begin(CertificateId certificate) {
        return book.begin(draft(certificate), "jenkins-", TEAM, BUILD_1);
    }

    Order ordered(CertificateId certificate) {
        return book.advance(book.advance(begin(certificate), Order::sending), order -> order.accepted(9218001));
    }

    Order issued(CertificateId certificate, long number) {
        return book.advance(
                ordered(certificate), order -> order.issuedAs(new Order.Issued(number, "fedcba9876543210", null)));
    }

    Order delivered(CertificateId certificate, long number) {
        return book.advance(issued(certificate, number), Order::delivered);
    }

    Order now(Order order) {
        return book.openOrder(order.id()).orElseThrow();
    }

    static OrderBookException refused(Kind kind, Executable what) {
        OrderBookException refusal = assertThrows(OrderBookException.class, what);
        assertEquals(kind, refusal.kind(), refusal.getMessage());
        return refusal;
    }

    Path fileOf(Order order) {
        return folder.resolve("open").resolve(nameOf(order) + ".json");
    }

    static String nameOf(Order order) {
        return order.certificate().system() + "-" + order.certificate().number() + "-" + order.id();
    }

    /** All files of the book that exist, below its folder. */
    List<Path> files() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The content of all files of the book, a character each byte. */
    String everythingOnDisk() {
        StringBuilder all = new StringBuilder();
        for (Path file : files()) {
            try {
                all.append(Files.readString(file, ISO_8859_1));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return all.toString();
    }
}
