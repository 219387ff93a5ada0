create table if not exists tickets (
    id bigint primary key,
    subject varchar(200) not null,
    text varchar(4000) not null
);

create table if not exists answers (
    ticket_id bigint primary key references tickets (id),
    queue varchar(20) not null,
    priority varchar(10) not null,
    next_step varchar(100) not null
);
