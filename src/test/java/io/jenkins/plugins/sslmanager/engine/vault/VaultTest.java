package io.jenkins.plugins.sslmanager.engine.vault;

import static io.jenkins.plugins.sslmanager.engine.vault.VaultFixture.MAIL;
import static io.jenkins.plugins.sslmanager.engine.vault.VaultFixture.ROTATE;
import static io.jenkins.plugins.sslmanager.engine.vault.VaultFixture.SHOP;
import static io.jenkins.plugins.sslmanager.engine.vault.VaultFixture.SHOP_SINCE;
import static io.jenkins.plugins.sslmanager.engine.vault.VaultFixture.issue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import io.jenkins.plugins.sslmanager.engine.pki.PkiException;
import io.jenkins.plugins.sslmanager.engine.vault.VaultFixture.Issued;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is delivered is kept with its key, for the job that it was delivered to. */
class VaultTest {

    private VaultFixture on;

    @BeforeEach
    void open(@TempDir Path folder) {
        on = new VaultFixture(folder);
    }

    @Test
    void aCertificateIsKeptWithItsChainAndKeyOverARestart() {
        Issued issued = issue();
        on.store(SHOP, ROTATE, issued);

        on.reopen();

        VaultEntry entry = on.vault.find(SHOP, ROTATE).orElseThrow();
        assertEquals(issued.chain().leaf(), entry.newest().certificate());
        assertEquals(issued.chain().fullchainPem(), entry.newest().chain().fullchainPem());
        assertEquals(issued.chain().root(), entry.newest().chain().root());
        assertEquals(issued.keys().getPrivate(), on.vault.key(entry));
    }

    @Test
    void itIsFoundByTheNumberThatTheCertificateHasSinceItsReissue() {
        on.store(SHOP, ROTATE, issue());
        on.renumber(SHOP, SHOP_SINCE);
        Issued next = issue();

        VaultEntry entry = on.store(SHOP_SINCE, ROTATE, next);

        assertEquals(2, entry.versions().size());
        assertEquals(Optional.of(entry), on.vault.find(SHOP, ROTATE));
        assertEquals(Optional.of(entry), on.vault.find(SHOP_SINCE, ROTATE));
        on.reopen();
        assertEquals(
                next.keys().getPrivate(),
                on.vault.key(on.vault.find(SHOP, ROTATE).orElseThrow()));
    }

    /** Its grants say which jobs find the key. */
    @Test
    void entryGoesByTheAccountThatItsNewestKeyCameBy() {
        on.store(SHOP, ROTATE, issue());

        VaultEntry entry = on.storeBy("other", SHOP, ROTATE, issue(), null);

        assertEquals("other", entry.account());
    }

    @Test
    void eachJobHasItsOwn() {
        Issued ours = issue();
        Issued theirs = issue();
        on.store(SHOP, ROTATE, ours);
        on.store(SHOP, "other/rotate", theirs);

        assertEquals(
                ours.keys().getPrivate(),
                on.vault.key(on.vault.find(SHOP, ROTATE).orElseThrow()));
        assertEquals(
                theirs.keys().getPrivate(),
                on.vault.key(on.vault.find(SHOP, "other/rotate").orElseThrow()));
        assertEquals(2, on.vault.find(SHOP).size());
        assertEquals(Optional.empty(), on.vault.find(MAIL, ROTATE));
    }

    @Test
    void aDeliveryThatIsRepeatedAddsNoVersion() {
        Issued issued = issue();
        VaultEntry first = on.store(SHOP, ROTATE, issued, "shop");

        assertEquals(first, on.store(SHOP, ROTATE, issued, "shop"));
    }

    @Test
    void oneEntryIsFoundByEachIdThatItWasStoredAs() {
        Issued issued = issue();
        on.store(SHOP, ROTATE, issued);
        on.store(SHOP, ROTATE, issued, "shop");

        on.store(SHOP, ROTATE, issued, "front");

        on.reopen();
        VaultEntry entry = on.vault.find(SHOP, ROTATE).orElseThrow();
        assertEquals(List.of("shop", "front"), entry.credentialIds());
        assertEquals(1, entry.versions().size());
    }

    @Test
    void aKeyThatIsNotTheCertificatesNeverComesIn() {
        Issued issued = issue();
        Issued other = new Issued(issue().keys(), issued.chain());

        assertThrows(PkiException.class, () -> on.store(SHOP, ROTATE, other));

        assertEquals(List.of(), on.vault.entries());
    }

    @Test
    void theKeyOfAVersionThatHasEndedGoesAfterItsTime() {
        on.store(SHOP, ROTATE, issue());
        on.time.pass(Duration.ofDays(100));
        Issued next = issue();
        on.store(SHOP, ROTATE, next);
        on.time.pass(Duration.ofDays(29));
        on.vault.clean(Duration.ofDays(30));
        assertTrue(entry().versions().get(0).hasKey());

        on.time.pass(Duration.ofDays(2));
        on.vault.clean(Duration.ofDays(30));

        on.reopen();
        assertFalse(entry().versions().get(0).hasKey());
        assertEquals(next.keys().getPrivate(), on.vault.key(entry()));
    }

    @Test
    void theNewestKeyStaysHoweverOldItIs() {
        Issued issued = issue();
        on.store(SHOP, ROTATE, issued);
        on.time.pass(Duration.ofDays(1000));

        on.vault.clean(Duration.ZERO);

        assertEquals(issued.keys().getPrivate(), on.vault.key(entry()));
    }

    @Test
    void aYearOfVersionsIsKeptForPeople() {
        for (int each = 0; each < 20; each++) {
            on.store(SHOP, ROTATE, issue());
            on.time.pass(Duration.ofDays(31));
        }

        on.vault.clean(Duration.ofDays(30));

        assertEquals(12, entry().versions().size());
    }

    private VaultEntry entry() {
        return on.vault.find(SHOP, ROTATE).orElseThrow();
    }

    @Test
    void whatIsGivenUpProvidesNothingMoreAndIsStillKnown() {
        on.store(SHOP, ROTATE, issue());
        VaultEntry entry = on.store(SHOP, ROTATE, issue(), "shop");

        on.vault.giveUp(entry.id());

        on.reopen();
        assertFalse(on.everythingOnDisk().contains("sealedKey"));
        assertEquals(List.of(), entry().credentialIds());
        assertEquals(Optional.empty(), entry().usable());
        assertThrows(VaultException.class, () -> on.vault.key(entry()));
    }

    @Test
    void whatWasGivenUpIsUsableAgainOnceItIsDeliveredAnew() {
        Issued issued = issue();
        on.vault.giveUp(on.store(SHOP, ROTATE, issued).id());

        on.store(SHOP, ROTATE, issued, "shop");

        assertEquals(issued.keys().getPrivate(), on.vault.key(entry()));
    }

    @Test
    void anEntryFollowsItsJobAndItsFolder() {
        on.store(SHOP, ROTATE, issue());

        move("team", "new/team");

        on.reopen();
        VaultEntry entry = on.vault.find(SHOP, "new/team/rotate").orElseThrow();
        assertEquals("new/team", entry.folder());
        assertEquals(Optional.empty(), on.vault.find(SHOP, ROTATE));
    }

    @Test
    void aJobThatLeavesItsFolderLeavesTheFolderOfItsEntryBehind() {
        on.store(SHOP, ROTATE, issue());

        move(ROTATE, "public/rotate");

        assertEquals("team", on.vault.find(SHOP, "public/rotate").orElseThrow().folder());
    }

    @Test
    void aNewJobOfTheNameOfADeletedOneStartsEmpty() {
        on.store(SHOP, ROTATE, issue());

        on.vault.jobsMoved(ROTATE::equals, job -> null);

        on.reopen();
        assertEquals(Optional.empty(), on.vault.find(SHOP, ROTATE));
        on.store(SHOP, ROTATE, issue());
        assertEquals(2, on.vault.find(SHOP).size());
    }

    private void move(String from, String to) {
        on.vault.jobsMoved(
                job -> job.equals(from) || job.startsWith(from + "/"), job -> to + job.substring(from.length()));
    }

    @Test
    void noFileHoldsAKeyInClear() {
        Issued issued = issue();
        on.store(SHOP, ROTATE, issued, "shop");
        move("team", "new");
        String disk = on.everythingOnDisk();

        assertFalse(disk.contains("PRIVATE KEY"));
        assertFalse(disk.contains(
                Base64.getEncoder().encodeToString(issued.keys().getPrivate().getEncoded())));
        Pem.encode(issued.keys().getPrivate())
                .lines()
                .filter(line -> !line.startsWith("-"))
                .forEach(line -> assertFalse(disk.contains(line)));
    }
}
