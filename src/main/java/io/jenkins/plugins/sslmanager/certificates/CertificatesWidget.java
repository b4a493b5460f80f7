package io.jenkins.plugins.sslmanager.certificates;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Job;
import hudson.widgets.Widget;
import java.util.Collection;
import jenkins.widgets.WidgetFactory;

/** A job's certificates on Jenkins' new job page. The page of before includes the {@code jobMain} of {@link ItemCertificates}. */
public final class CertificatesWidget extends Widget {

    private final ItemCertificates certificates;

    private CertificatesWidget(ItemCertificates certificates) {
        this.certificates = certificates;
    }

    public ItemCertificates getCertificates() {
        return certificates;
    }

    /** For those jobs whose builds have handled certificates. */
    @Extension
    @SuppressWarnings("rawtypes") // since a factory names its type by a class
    public static final class Factory extends WidgetFactory<Job, CertificatesWidget> {

        @Override
        public Class<Job> type() {
            return Job.class;
        }

        @Override
        public Class<CertificatesWidget> widgetType() {
            return CertificatesWidget.class;
        }

        @NonNull
        @Override
        public Collection<CertificatesWidget> createFor(@NonNull Job job) {
            return ItemCertificates.of(job).map(CertificatesWidget::new).stream()
                    .toList();
        }
    }
}
