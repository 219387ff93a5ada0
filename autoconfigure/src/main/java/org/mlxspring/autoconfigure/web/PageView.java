package org.mlxspring.autoconfigure.web;

import java.util.List;

/**
 * One page of a list as JSON, in the shape of Spring Data's {@code PagedModel}.
 *
 * @param content the elements of this page
 * @param page which page of how many this is
 */
public record PageView<T>(List<T> content, Position page) {

    /**
     * @param size elements asked for
     * @param number this page, from 0
     * @param totalElements elements of all pages
     * @param totalPages number of pages
     */
    public record Position(long size, long number, long totalElements, long totalPages) {}

    /** The page of a service as JSON. */
    public static <T> PageView<T> of(org.springframework.data.domain.Page<T> page) {
        return new PageView<>(
                page.getContent(),
                new Position(page.getSize(), page.getNumber(), page.getTotalElements(), page.getTotalPages()));
    }
}
