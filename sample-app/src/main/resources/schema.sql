create table if not exists tickets (
    id bigint primary key,
    requester varchar(10) not null,
    subject varchar(200) not null,
    text varchar(4000) not null
);

create table if not exists answers (
    ticket_id bigint primary key references tickets (id),
    queue varchar(20) not null,
    priority varchar(10) not null,
    next_step varchar(100) not null,
    -- Set anew when an answer is corrected: by it the nightly import knows what it has not read yet.
    answered_at timestamp(6) with time zone default current_timestamp not null
);
