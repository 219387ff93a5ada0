package org.mlxspring.autoconfigure.database;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/**
 * Puts a repository call into a transaction of ours. Without one, Spring would tie the entity manager to whatever
 * transaction the thread is in, such as a Batch step's or the host's, and answer from its cache until that ends.
 */
final class OwnTransaction implements MethodInterceptor {

    private final PlatformTransactionManager transactions;

    OwnTransaction(PlatformTransactionManager transactions) {
        this.transactions = transactions;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation call) throws Throwable {
        TransactionStatus status = transactions.getTransaction(new DefaultTransactionDefinition());
        Object answer;
        try {
            answer = call.proceed();
        } catch (RuntimeException | Error e) {
            transactions.rollback(status);
            throw e;
        }
        transactions.commit(status);
        return answer;
    }
}
