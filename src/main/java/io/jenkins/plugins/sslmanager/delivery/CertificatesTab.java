package io.jenkins.plugins.sslmanager.delivery;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.Run;
import java.util.Collection;
import java.util.List;
import jenkins.model.Tab;
import jenkins.model.TransientActionFactory;

/**
 * A build's certificates on Jenkins' new build page: a card, and a page behind it. The page of before shows no tabs, and has
 * the summary of {@link CertificatesAction}.
 */
public final class CertificatesTab extends Tab {

    private final CertificatesAction certificates;

    private CertificatesTab(Run<?, ?> build, CertificatesAction certificates) {
        super(build);
        this.certificates = certificates;
    }

    public CertificatesAction getCertificates() {
        return certificates;
    }

    @Override
    public String getIconFileName() {
        return "symbol-ribbon";
    }

    @Override
    public String getDisplayName() {
        return certificates.getTitle();
    }

    @Override
    public String getUrlName() {
        return "ssl-certificates";
    }

    /** For those builds that have handled certificates. */
    @Extension
    @SuppressWarnings("rawtypes") // since a factory names its type by a class
    public static final class Factory extends TransientActionFactory<Run> {

        @Override
        public Class<Run> type() {
            return Run.class;
        }

        @Override
        public Class<? extends Action> actionType() {
            return CertificatesTab.class;
        }

        @NonNull
        @Override
        public Collection<? extends Action> createFor(@NonNull Run build) {
            CertificatesAction certificates = build.getAction(CertificatesAction.class);
            return certificates == null ? List.of() : List.of(new CertificatesTab(build, certificates));
        }
    }
}
