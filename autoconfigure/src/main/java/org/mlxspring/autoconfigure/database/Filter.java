package org.mlxspring.autoconfigure.database;

import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.domain.Specification;

/**
 * The condition of a list's filter. One that is not set is no part of the query: {@code :x is null or a = :x} would keep
 * databases off the index of {@code a}.
 */
public final class Filter {

    private Filter() {}

    /**
     * Only entities with this value.
     *
     * @param attribute name of the entity's attribute
     * @param value null for all entities
     */
    public static <E> Specification<E> equal(String attribute, @Nullable Object value) {
        return value == null
                ? Specification.unrestricted()
                : (entity, query, criteria) -> criteria.equal(entity.get(attribute), value);
    }
}
