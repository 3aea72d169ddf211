-- Ten questions that a teacher asks of a whole class. First, where the captures lie in class/:
--
--     netlab export class -o tables
--     duckdb < scripts/course.sql
--
-- docs/data.md says what each column is.

CREATE VIEW captures AS FROM read_parquet('tables/captures/*/*.parquet', hive_partitioning = true);
CREATE VIEW conversations AS FROM read_parquet('tables/conversations/*/*.parquet', hive_partitioning = true);
CREATE VIEW packets AS FROM read_parquet('tables/packets/*/*.parquet', hive_partitioning = true);
CREATE VIEW answers AS FROM read_parquet('tables/answers/*/*.parquet', hive_partitioning = true);

-- 1. What did each student hand in?
SELECT file, packets, conversations, round((last_ns - first_ns) / 1e9, 3) AS seconds, warning
FROM captures ORDER BY file;

-- 2. Whose capture has no whole connection (handshake, data both ways, close)?
SELECT file FROM captures WHERE capture NOT IN (
    SELECT capture FROM conversations
    WHERE protocol = 'TCP' AND completeness & 7 = 7 AND close IS NOT NULL
      AND packets_to_client > 0)
ORDER BY file;

-- 3. Which ports do the servers have, and how many captures use each?
SELECT protocol, server_port, count(DISTINCT capture) AS captures, count(*) AS conversations
FROM conversations GROUP BY ALL ORDER BY captures DESC, protocol, server_port;

-- 4. How are connections closed, and by whom?
SELECT close, closed_by, count(*) AS connections FROM conversations
WHERE protocol = 'TCP' GROUP BY ALL ORDER BY connections DESC, close, closed_by;

-- 5. How long is a round trip in each capture?
SELECT file, count(*) AS measured, round(min(ack_rtt_ns) / 1e6, 3) AS least_ms,
       round(median(ack_rtt_ns) / 1e6, 3) AS median_ms, round(max(ack_rtt_ns) / 1e6, 3) AS most_ms
FROM packets JOIN captures USING (capture) WHERE ack_rtt_ns IS NOT NULL
GROUP BY file ORDER BY file;

-- 6. Where is something sent again, and how long after the packet before it in its stream?
SELECT file, stream, no, len, round(waited / 1e6, 3) AS waited_ms FROM (
    SELECT *, time_ns - lag(time_ns) OVER (PARTITION BY capture, protocol, stream ORDER BY no) AS waited
    FROM packets)
JOIN captures USING (capture) WHERE retransmission ORDER BY file, no;

-- 7. Who made the other side wait with a closed window, and for how long in all?
SELECT file, stream, count(*) AS packets, round((max(time_ns) - min(time_ns)) / 1e6, 3) AS first_to_last_ms
FROM packets JOIN captures USING (capture) WHERE zero_window
GROUP BY file, stream ORDER BY file, stream;

-- 8. How long was a server in CLOSE-WAIT? (Long is a program that forgets to close.)
SELECT file, stream, round((max(next_ns) - min(time_ns)) / 1e6, 3) AS close_wait_ms FROM (
    SELECT *, lead(time_ns) OVER (PARTITION BY capture, protocol, stream ORDER BY no) AS next_ns
    FROM packets)
JOIN captures USING (capture) WHERE server_state = 'CLOSE-WAIT'
GROUP BY file, stream ORDER BY close_wait_ms DESC NULLS LAST, file, stream;

-- 9. Which captures have the same connection: equal ports and initial sequence numbers?
SELECT source_port, destination_port, seq_raw, list(DISTINCT file ORDER BY file) AS files
FROM packets JOIN captures USING (capture) WHERE flag_syn AND NOT flag_ack
GROUP BY ALL HAVING count(DISTINCT capture) > 1 ORDER BY files;

-- 10. What is the answer for each to "Who started the close, and how can one tell?"
SELECT file, about, answer FROM answers JOIN captures USING (capture)
WHERE question = 'closed_by' ORDER BY file, about;
