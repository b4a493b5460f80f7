package io.jenkins.plugins.sslmanager.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.sslmanager.account.AccountAccess;
import io.jenkins.plugins.sslmanager.delivery.StepResults;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.async.Durations;
import io.jenkins.plugins.sslmanager.engine.rotation.CertificateList;
import io.jenkins.plugins.sslmanager.engine.rotation.CertificateNamePattern;
import io.jenkins.plugins.sslmanager.engine.rotation.CompletedRows;
import io.jenkins.plugins.sslmanager.execution.SslManagerExecution;
import io.jenkins.plugins.sslmanager.forms.FormCheck;
import io.jenkins.plugins.sslmanager.forms.Parameter;
import java.io.Serial;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code sslFindCertificates}: lists the certificates of an account that the job may get, those that expire first in front. */
public final class FindCertificatesStep extends SslManagerStep {

    @CheckForNull
    private String name;

    @CheckForNull
    private String expiresWithin;

    @CheckForNull
    private String product;

    @DataBoundConstructor
    public FindCertificatesStep() {}

    /** A name, in which {@code %} stands for any characters; null for every name. */
    @CheckForNull
    public String getName() {
        return name;
    }

    @DataBoundSetter
    public void setName(@CheckForNull String name) {
        this.name = Util.fixEmptyAndTrim(name);
    }

    /** Such as {@code 60d}; null for whenever. What has expired does so, too. */
    @CheckForNull
    public String getExpiresWithin() {
        return expiresWithin;
    }

    @DataBoundSetter
    public void setExpiresWithin(@CheckForNull String expiresWithin) {
        this.expiresWithin = Util.fixEmptyAndTrim(expiresWithin);
    }

    /** The service's name of a product; null for every product. */
    @CheckForNull
    public String getProduct() {
        return product;
    }

    @DataBoundSetter
    public void setProduct(@CheckForNull String product) {
        this.product = Util.fixEmptyAndTrim(product);
    }

    /** @throws AbortException if a parameter says nothing */
    @Override
    public StepExecution start(StepContext context) throws AbortException {
        String within = expiresWithin;
        try {
            return new Execution(
                    this,
                    within == null ? null : Parameter.read("expiresWithin", () -> Durations.parse(within)),
                    context);
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    private static final class Execution extends SslManagerExecution {

        @Serial
        private static final long serialVersionUID = 1L;

        @CheckForNull
        private final CertificateNamePattern name;

        @CheckForNull
        private final Duration within;

        @CheckForNull
        private final String product;

        Execution(FindCertificatesStep step, @CheckForNull Duration within, StepContext context) {
            super(step.getAccount(), step.getCredentialsId(), context);
            this.within = within;
            name = step.getName() == null ? null : new CertificateNamePattern(step.getName());
            product = step.getProduct();
        }

        @Override
        protected CompletableFuture<?> work(AccountAccess access) {
            return abortable(CertificateList.all(access.api()))
                    .thenComposeAsync(
                            rows -> abortable(CompletedRows.of(
                                    access.api(),
                                    rows.stream()
                                            .filter(row -> row.name() != null
                                                    && (name == null || name.matches(row.name()))
                                                    && access.ofJob().mayRead(row.name(), row.id()))
                                            .toList())),
                            pool())
                    .thenApply(this::result);
        }

        private ArrayList<Map<String, Object>> result(List<Certificate> certificates) {
            Instant now = Instant.now();
            return certificates.stream()
                    .filter(each -> product == null || product.equals(each.product()))
                    .filter(each -> within == null
                            || each.expire() != null
                                    && !each.expire().toInstant().isAfter(now.plus(within)))
                    .sorted(Comparator.comparing(Certificate::expire, Comparator.nullsLast(Comparator.naturalOrder()))
                            .thenComparing(Certificate::name))
                    .map(each -> StepResults.listed(each, now))
                    .collect(Collectors.toCollection(ArrayList::new));
        }

        @Override
        public String getStatus() {
            return "listing certificates";
        }
    }

    @Extension
    public static final class DescriptorImpl extends SslManagerStepDescriptor {

        @Override
        public String getFunctionName() {
            return "sslFindCertificates";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.FindCertificatesStep_displayName();
        }

        @POST
        public FormValidation doCheckExpiresWithin(@QueryParameter String value) {
            return FormCheck.check(() -> {
                if (!value.isBlank()) {
                    Durations.parse(value.trim());
                }
            });
        }
    }
}
