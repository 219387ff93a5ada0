package org.mlxspring.autoconfigure.web;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;

/**
 * The query parameters of a paged list.
 *
 * @param page page from 0; 0 when absent
 * @param size elements per page, 1 to 500; 20 when absent
 * @param sort {@code name}, {@code name,asc} or {@code name,desc}
 */
public record PageQuery(
        @Nullable Integer page,
        @Nullable Integer size,
        @Nullable String sort) {

    private static final int LARGEST = 500;

    /**
     * @param usual order where the request asks for none
     * @param sortable names that the list can be sorted by
     * @throws ProblemException if a parameter is out of range or the name cannot be sorted by
     */
    public Pageable toPageable(Sort usual, String... sortable) {
        int number = page == null ? 0 : page;
        int count = size == null ? 20 : size;
        if (number < 0) {
            throw invalid("page", "page is " + number + "; the first page is 0.");
        }
        if (count < 1 || count > LARGEST) {
            throw invalid("size", "size is " + count + "; it must be from 1 to " + LARGEST + ".");
        }
        return PageRequest.of(number, count, order(usual, sortable));
    }

    private Sort order(Sort usual, String... sortable) {
        if (sort == null || sort.isBlank()) {
            return usual;
        }
        String[] parts = sort.split(",", -1);
        String direction = parts.length == 2 ? parts[1].strip() : "asc";
        boolean known = Arrays.asList(sortable).contains(parts[0]);
        if (sortable.length == 0) {
            throw invalid("sort", "sort is '" + sort + "'; this list has an order of its own, so leave it out.");
        }
        if (!known || parts.length > 2 || !(direction.equals("asc") || direction.equals("desc"))) {
            throw invalid(
                    "sort",
                    "sort is '" + sort + "'; "
                            + (sortable.length == 0
                                    ? "this list has one order and takes no sort."
                                    : "it must be one of " + String.join(", ", sortable)
                                            + ", with ',asc' or ',desc' behind it if you like."));
        }
        return Sort.by(Sort.Direction.fromString(direction), parts[0]).and(usual);
    }

    private static ProblemException invalid(String parameter, String detail) {
        return ProblemException.invalid("Unusable page", detail, Map.of("parameter", parameter));
    }
}
