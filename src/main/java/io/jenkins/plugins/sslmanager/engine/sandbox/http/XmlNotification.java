package io.jenkins.plugins.sslmanager.engine.sandbox.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.BasicUser;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.GenericObject;
import io.jenkins.plugins.sslmanager.engine.api.Message;
import io.jenkins.plugins.sslmanager.engine.api.StatusType;
import io.jenkins.plugins.sslmanager.engine.sandbox.ForeignDomain;
import io.jenkins.plugins.sslmanager.engine.sandbox.Notification;
import io.jenkins.plugins.sslmanager.engine.xml.XmlResponse.Status;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;

/** A message of the poll queue as in the process page's example, which is about a domain; a certificate takes its place. */
record XmlNotification(Long id, BasicUser owner, Ended job, OffsetDateTime created) {

    /** The job that ended, around what it was about. */
    record Ended(Certificate certificate, Domain domain, Long jobId, Status status, String stid, String ctid) {}

    /** A domain of others. */
    record Domain(
            String name,
            OffsetDateTime expire,
            OffsetDateTime payable,
            Long ownerc,
            Long adminc,
            Long techc,
            String nicMemberLabel,
            String registryStatus,
            List<ForeignDomain.NameServer> nserver,
            Long period,
            Boolean confirmOrder,
            Boolean confirmOwnerConsent,
            String registrarStatus,
            String rddsOptIn,
            OffsetDateTime created) {

        static Domain of(ForeignDomain domain) {
            return new Domain(
                    domain.name(),
                    domain.expire(),
                    domain.payable(),
                    domain.ownerc().id(),
                    domain.adminc().id(),
                    domain.techc().id(),
                    domain.nicMemberLabel(),
                    domain.registryStatus(),
                    domain.nameServers(),
                    domain.period().period(),
                    domain.confirmOrder(),
                    domain.confirmOwnerConsent(),
                    domain.registrarStatus(),
                    domain.rddsOptIn(),
                    domain.created());
        }
    }

    static XmlNotification of(Notification notification) {
        Notification.Subject subject = notification.object();
        return new XmlNotification(
                notification.id(),
                notification.owner(),
                new Ended(
                        subject.data() instanceof Certificate certificate ? certificate : null,
                        subject.data() instanceof ForeignDomain domain ? Domain.of(domain) : null,
                        notification.job().id(),
                        status(
                                notification.messages(),
                                new GenericObject(subject.type().toLowerCase(Locale.ROOT), subject.value())),
                        notification.stid(),
                        notification.ctid()),
                notification.created());
    }

    /** The codes of successes are the sandbox's own. */
    private static Status status(@CheckForNull List<Message> reasons, GenericObject object) {
        if (reasons == null) {
            String code = object.type().equals("domain") ? "S0101" : "S400102";
            return new Status(code, null, StatusType.SUCCESS, object);
        }
        Message reason = reasons.get(0);
        return new Status(reason.code(), reason.text(), StatusType.ERROR, object);
    }
}
