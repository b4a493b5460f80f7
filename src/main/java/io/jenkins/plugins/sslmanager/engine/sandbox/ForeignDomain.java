package io.jenkins.plugins.sslmanager.engine.sandbox;

import io.jenkins.plugins.sslmanager.engine.api.BasicUser;
import io.jenkins.plugins.sslmanager.engine.api.Job;
import io.jenkins.plugins.sslmanager.engine.api.JobStatus;
import io.jenkins.plugins.sslmanager.engine.api.SslContact;
import io.jenkins.plugins.sslmanager.engine.api.TimePeriod;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;

/** The domain of the process page's XML example of PollInfo, with the field names of OpenAPI {@code Domain}. */
public record ForeignDomain(
        OffsetDateTime created,
        String name,
        OffsetDateTime expire,
        OffsetDateTime payable,
        SslContact ownerc,
        SslContact adminc,
        SslContact techc,
        String nicMemberLabel,
        String registryStatus,
        List<NameServer> nameServers,
        TimePeriod period,
        boolean confirmOrder,
        boolean confirmOwnerConsent,
        String registrarStatus,
        String rddsOptIn) {

    /** A name server of the domain. */
    public record NameServer(String name) {}

    /** Returns the notification that such a domain was registered. */
    static Notification registered(String name, BasicUser owner, Numbering numbering, Instant now) {
        OffsetDateTime created = ServiceTime.at(now);
        SslContact contact = SslContact.reference(100);
        ForeignDomain domain = new ForeignDomain(
                created,
                name,
                created.plusYears(1),
                created.plusYears(1),
                contact,
                contact,
                contact,
                "VGRS-TEST",
                "LOCK",
                Stream.of("a.ns14.net", "b.ns14.net", "c.ns14.net", "d.ns14.net")
                        .map(NameServer::new)
                        .toList(),
                new TimePeriod("YEAR", 1L),
                true,
                false,
                "ACTIVE",
                "NOT_SET");
        Job job = new Job(
                created,
                created,
                owner,
                owner,
                JobStatus.SUCCESS,
                null,
                created,
                null,
                "domain",
                null,
                "create",
                numbering.jobId());
        return new Notification(
                numbering.messageId(),
                owner,
                job,
                numbering.stid(now),
                null,
                null,
                created,
                new Notification.Subject("domain", name, domain));
    }
}
