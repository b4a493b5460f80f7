/**
 * The order book in Jenkins: where it lies, what seals it, which builds work on its orders, its pages
 * and monitors. What an order is and
 * how it goes on is the engine's.
 */
package io.jenkins.plugins.sslmanager.orders;
