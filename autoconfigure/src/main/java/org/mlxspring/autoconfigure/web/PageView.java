package org.mlxspring.autoconfigure.web;

import java.util.List;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;

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

    /** A page of a list that is at hand as a whole, in its order. */
    public static <T> PageView<T> of(List<T> all, PageQuery query) {
        Pageable page = query.toPageable(Sort.unsorted());
        List<T> content =
                all.stream().skip(page.getOffset()).limit(page.getPageSize()).toList();
        return of(new PageImpl<>(content, page, all.size()));
    }

    /** The page of a service as JSON. */
    public static <T> PageView<T> of(Page<T> page) {
        return new PageView<>(
                page.getContent(),
                new Position(page.getSize(), page.getNumber(), page.getTotalElements(), page.getTotalPages()));
    }
}
