/**
 * An embedded SSL Manager: the counterpart of the tests, of the run in the terminal, and of an account whose
 * service is "sandbox". {@link io.jenkins.plugins.sslmanager.engine.sandbox.Sandbox} is the service,
 * {@link io.jenkins.plugins.sslmanager.engine.sandbox.http.SandboxServer} puts it on a port, and the name of a certificate
 * chooses what happens to its orders, see {@link io.jenkins.plugins.sslmanager.engine.sandbox.Behaviour}. Nothing here
 * sleeps or runs by itself: the state follows from the clock whenever somebody asks.
 */
package io.jenkins.plugins.sslmanager.engine.sandbox;
