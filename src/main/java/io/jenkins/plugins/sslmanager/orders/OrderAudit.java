package io.jenkins.plugins.sslmanager.orders;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.account.AuditLog;
import io.jenkins.plugins.sslmanager.account.SslManagerConfiguration;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import java.util.Locale;
import java.util.Objects;

/** Tells the audit log how far an order is, each time that it comes further or belongs to another job. */
final class OrderAudit {

    private OrderAudit() {}

    static void tell(@CheckForNull Order before, Order now) {
        if (before != null
                && before.stage() == now.stage()
                && before.sent() == now.sent()
                && Objects.equals(before.owner(), now.owner())) {
            return;
        }
        Order.Issued issued = now.issued();
        AuditLog.of(now.stage().name().toLowerCase(Locale.ROOT))
                .with("order", now.id())
                .with("job", now.owner().job())
                .with("build", now.build())
                .with("startedBy", now.owner().startedBy())
                .with("account", SslManagerConfiguration.get().nameOf(now.account()))
                .with("accountId", now.account())
                .with("system", now.certificate().system())
                .with("certificate", now.certificateIdNow())
                .with("name", now.certificateName())
                .with("publicKeySha256", now.request().publicKeySha256())
                .with("ctid", now.request().ctid())
                .with("task", now.request().task().name().toLowerCase(Locale.ROOT))
                .with("billedFor", now.request().billedFor())
                .with("sent", now.sent())
                .with("serviceJob", now.jobId() == 0 ? null : now.jobId())
                .with("previousSerialNumber", now.request().previousSerialNumber())
                .with("serialNumber", issued == null ? null : issued.serialNumber())
                .with("remark", now.remark())
                .write();
    }
}
