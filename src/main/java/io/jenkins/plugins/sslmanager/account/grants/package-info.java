/**
 * Who may use an account, for which certificates, and what for: the rows that an administrator fills in, and how they are read.
 * Where they are kept and asked is the package {@code account}.
 */
package io.jenkins.plugins.sslmanager.account.grants;
