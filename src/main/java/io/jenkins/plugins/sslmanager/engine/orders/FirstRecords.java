package io.jenkins.plugins.sslmanager.engine.orders;

import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;

/** Makes the first record of each order, with an id of its own and with its key sealed. */
final class FirstRecords {

    private static final int ID_BYTES = 12;

    private final Sealing sealing;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    FirstRecords(Sealing sealing, InstantSource clock) {
        this.sealing = sealing;
        this.clock = clock;
    }

    /**
     * @param current the certificate by the number that it has now
     * @param ctids how the client transaction id shall begin
     */
    Order of(OrderEntry entry, CertificateId current, String ctids, Owner owner, Holder holder) {
        String id = newId();
        PrivateKey key = entry.privateKey();
        Instant now = clock.instant();
        return new Order(
                id,
                Stage.PREPARED,
                current,
                entry.certificateName(),
                entry.account(),
                new Order.Request(
                        entry.csr().toPem(),
                        entry.csr().publicKeySha256(),
                        ctids + id,
                        entry.previousSerialNumber(),
                        entry.repeatable(),
                        List.copyOf(entry.names()),
                        entry.task(),
                        entry.billedFor(),
                        entry.reason(),
                        entry.previousNotAfter(),
                        key != null),
                null,
                owner,
                holder,
                holder.build(),
                0,
                0,
                0,
                null,
                null,
                key == null ? null : SealedKeys.seal(sealing, id, key),
                now,
                now);
    }

    private String newId() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
