package io.jenkins.plugins.sslmanager.account;

import static com.cloudbees.plugins.credentials.CredentialsMatchers.always;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.http.ServiceAccount;
import io.jenkins.plugins.sslmanager.engine.inbox.QueuePolicy;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The form of an account. */
@Extension
@Symbol("sslManagerAccount")
public final class SslManagerAccountDescriptor extends Descriptor<SslManagerAccount> {

    private static final int MOST_JOBS = 10;

    public SslManagerAccountDescriptor() {
        super(SslManagerAccount.class);
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.SslManagerAccount_displayName();
    }

    /** Tells which jobs have used an account, for those who may delete it; null for none, or for others. */
    @CheckForNull
    public String usedBy(@CheckForNull SslManagerAccount account) {
        if (account == null || !Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            return null;
        }
        String id = Util.fixNull(account.getId());
        return joined(AccountUse.jobs(
                found -> found.map(SslManagerAccount::getId).filter(id::equals).isPresent()));
    }

    @CheckForNull
    private static String joined(Stream<String> jobs) {
        List<String> all = jobs.toList();
        if (all.isEmpty()) {
            return null;
        }
        String first = String.join(", ", all.subList(0, Math.min(MOST_JOBS, all.size())));
        return all.size() <= MOST_JOBS ? first : Messages.SslManagerAccount_andMore(first, all.size() - MOST_JOBS);
    }

    @POST
    public ListBoxModel doFillServiceItems() {
        Jenkins.get().checkPermission(Jenkins.SYSTEM_READ);
        ListBoxModel items = new ListBoxModel();
        for (Service service : Service.values()) {
            items.add(service.getDisplayName(), service.name());
        }
        return items;
    }

    @POST
    public ListBoxModel doFillProtocolItems() {
        Jenkins.get().checkPermission(Jenkins.SYSTEM_READ);
        ListBoxModel items = new ListBoxModel();
        items.add(Messages.Protocol_json(), Protocol.JSON.name());
        items.add(Messages.Protocol_xml(), Protocol.XML.name());
        return items;
    }

    @POST
    public ListBoxModel doFillQueuePolicyItems() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        ListBoxModel items = new ListBoxModel();
        items.add(Messages.QueuePolicy_shared(), QueuePolicy.SHARED.name());
        items.add(Messages.QueuePolicy_exclusive(), QueuePolicy.EXCLUSIVE.name());
        return items;
    }

    @POST
    public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
        return credentials(StandardUsernamePasswordCredentials.class, credentialsId);
    }

    @POST
    public ListBoxModel doFillSecondFactorIdItems(@QueryParameter String secondFactorId) {
        return credentials(StringCredentials.class, secondFactorId);
    }

    private static ListBoxModel credentials(Class<? extends StandardCredentials> type, String current) {
        StandardListBoxModel items = new StandardListBoxModel();
        if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            return items.includeCurrentValue(current);
        }
        return items.includeEmptyValue()
                .includeMatchingAs(ACL.SYSTEM2, Jenkins.get(), type, List.of(), always())
                .includeCurrentValue(current);
    }

    @POST
    public FormValidation doCheckName(@QueryParameter String value, @QueryParameter String id) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        String name = Util.fixNull(value).trim();
        try {
            AccountNames.requireName(name);
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
        if (AccountRegister.get().isTaken(name, id)) {
            return FormValidation.error(Messages.SslManagerAccount_nameTaken(name));
        }
        if (Util.fixEmpty(id) != null || !AccountRegister.get().hasOther(id)) {
            return FormValidation.ok();
        }
        String jobs = joined(AccountUse.jobs(Optional::isPresent));
        return FormValidation.warning(
                jobs == null ? Messages.SslManagerAccount_second() : Messages.SslManagerAccount_secondUsedBy(jobs));
    }

    @POST
    public FormValidation doCheckContext(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return FormValidation.validatePositiveInteger(value);
    }

    @POST
    public FormValidation doCheckRenewalLimit(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return FormValidation.validateNonNegativeInteger(value);
    }

    @POST
    public FormValidation doCheckCredentialsId(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return Util.fixEmptyAndTrim(value) == null
                ? FormValidation.warning(Messages.SslManagerAccount_noCredentials())
                : FormValidation.ok();
    }

    @POST
    public FormValidation doCheckUrl(@QueryParameter String service, @QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        if (!Service.OTHER.name().equals(service)) {
            return FormValidation.ok();
        }
        try {
            new ServiceAccount(URI.create(Util.fixNull(value).trim()), "any user", "any password", 1);
            return FormValidation.ok();
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    /** A form that was opened a moment ago asks before its drop-down lists are filled, so nothing is chosen yet. */
    private static <T extends Enum<T>> T chosen(Class<T> type, @CheckForNull String name, T otherwise) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(name))
                .findFirst()
                .orElse(otherwise);
    }

    /** Asks the service something harmless with what the form holds, so that one knows before saving. */
    @POST
    public FormValidation doTestConnection(
            @QueryParameter String name,
            @QueryParameter String service,
            @QueryParameter String protocol,
            @QueryParameter String url,
            @QueryParameter String context,
            @QueryParameter String credentialsId,
            @QueryParameter String secondFactorId) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        boolean isNumber = FormValidation.validateNonNegativeInteger(context).kind == FormValidation.Kind.OK;
        SslManagerAccount account = new SslManagerAccount(
                name,
                chosen(Service.class, service, Service.LIVE),
                isNumber ? Integer.parseInt(context) : 0,
                credentialsId);
        account.setProtocol(chosen(Protocol.class, protocol, Protocol.JSON));
        account.setUrl(url);
        account.setSecondFactorId(secondFactorId);
        try {
            return ConnectionCheck.of(
                    account.getProtocol(), account.with(account.credentials(), account.secondFactor()));
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }
}
