-- The sample's rules as somebody would write them by hand, in stages: every distinct condition once, then the verdicts,
-- then outcome, amount, packed states and the masks of each measure, in the columns of `decisions.parquet`. {source} is the
-- file of people. No setting is open there, so that the masks of settings are empty. States have two bits a requirement (1 met, 2 unknown); the bits of missing facts are those of the vocabulary.
WITH q AS (
    SELECT "application.number" AS "case", "worker.town" AS authority, "worker.rent_months" AS months, "worker.level" AS level,
        CASE WHEN "worker.home" IS NULL THEN 16 ELSE 0 END AS m_home, CASE WHEN "worker.town" IS NULL THEN 32 ELSE 0 END AS m_town,
        ("worker.home" = 'ashby' AND "worker.town" = 'northport') OR ("worker.home" = 'birch' AND "worker.town" = 'southport')
            OR ("worker.home" = 'cole' AND "worker.town" = 'eastport') OR ("worker.home" = 'dell' AND "worker.town" = 'westport')
            AS paired,
        "worker.in_need" AS in_need,
        "worker.arrived_on" BETWEEN DATE '2021-01-01' AND DATE '2025-12-31' AS arrived,
        "application.filed_on" BETWEEN DATE '2021-01-01' AND DATE '2026-12-31' AS filed,
        "worker.insured_months" >= 3 AS insured, "worker.insured_months" > 0 AS ever_insured,
        "worker.continuous_months" >= 12 AS settled, "worker.employed" AS employed,
        "worker.level" IN ('basic', 'middle', 'high') AS certified, "worker.rents" AS rents,
        "worker.rent_months" > 0 AS rent_due,
        ("worker.arrived_on" + INTERVAL 3 MONTH)::DATE <= "application.filed_on" AS stayed,
        "worker.trade" IN ('welder', 'electrician', 'sewer', 'nurse', 'carer') AS wanted,
        NOT "worker.had_start" AS first_start, NOT "worker.had_travel" AS first_travel, NOT "worker.had_skills" AS first_skills
    FROM {source}
), v AS (
    SELECT *, paired AND in_need AND arrived AND filed AND insured AND first_start AS v1,
        paired AND in_need AND arrived AND filed AND settled AND ever_insured AND first_travel AS v2,
        paired AND in_need AND arrived AND filed AND employed AND certified AND first_skills AS v3,
        paired AND in_need AND filed AND employed AND rents AND rent_due AS v4,
        paired AND in_need AND arrived AND employed AND insured AND stayed AND wanted AS v5,
        CASE WHEN paired THEN 1 WHEN paired IS NULL THEN 2 ELSE 0 END AS s_paired,
        CASE WHEN in_need THEN 1 WHEN in_need IS NULL THEN 2 ELSE 0 END AS s_in_need,
        CASE WHEN arrived THEN 1 WHEN arrived IS NULL THEN 2 ELSE 0 END AS s_arrived,
        CASE WHEN filed THEN 1 ELSE 0 END AS s_filed,
        CASE WHEN insured THEN 1 WHEN insured IS NULL THEN 2 ELSE 0 END AS s_insured,
        CASE WHEN ever_insured THEN 1 WHEN ever_insured IS NULL THEN 2 ELSE 0 END AS s_ever,
        CASE WHEN settled THEN 1 WHEN settled IS NULL THEN 2 ELSE 0 END AS s_settled,
        CASE WHEN employed THEN 1 WHEN employed IS NULL THEN 2 ELSE 0 END AS s_employed,
        CASE WHEN certified THEN 1 WHEN certified IS NULL THEN 2 ELSE 0 END AS s_certified,
        CASE WHEN rents THEN 1 WHEN rents IS NULL THEN 2 ELSE 0 END AS s_rents,
        CASE WHEN rent_due THEN 1 WHEN rent_due IS NULL THEN 2 ELSE 0 END AS s_due,
        CASE WHEN stayed THEN 1 WHEN stayed IS NULL THEN 2 ELSE 0 END AS s_stayed,
        CASE WHEN wanted THEN 1 WHEN wanted IS NULL THEN 2 ELSE 0 END AS s_wanted,
        CASE WHEN first_start THEN 1 WHEN first_start IS NULL THEN 2 ELSE 0 END AS s_start,
        CASE WHEN first_travel THEN 1 WHEN first_travel IS NULL THEN 2 ELSE 0 END AS s_travel,
        CASE WHEN first_skills THEN 1 WHEN first_skills IS NULL THEN 2 ELSE 0 END AS s_skills,
        CASE WHEN paired IS NULL THEN m_home | m_town ELSE 0 END AS m_paired,
        CASE WHEN in_need IS NULL THEN 64 ELSE 0 END AS m_need, CASE WHEN arrived IS NULL THEN 128 ELSE 0 END AS m_arrived,
        CASE WHEN insured IS NULL THEN 256 ELSE 0 END AS m_insured, CASE WHEN employed IS NULL THEN 1024 ELSE 0 END AS m_employed
    FROM q
)
SELECT "case", authority,
    CASE WHEN v1 THEN 'granted' WHEN v1 IS NULL THEN 'incomplete' ELSE 'refused' END AS "start.outcome",
    CASE WHEN v1 THEN 3000.00 ELSE 0 END::DECIMAL(18, 2) AS "start.amount",
    (s_paired + 4 * s_in_need + 16 * s_arrived + 64 * s_filed + 256 * s_insured + 1024 * s_start)::SMALLINT AS "start.states",
    CASE WHEN v1 IS NULL THEN m_paired | m_need | m_arrived | m_insured | CASE WHEN first_start IS NULL THEN 32768 ELSE 0 END
        ELSE 0 END::BIGINT AS "start.missing_0", 0::BIGINT AS "start.open_0",
    CASE WHEN v2 THEN 'granted' WHEN v2 IS NULL THEN 'incomplete' ELSE 'refused' END AS "travel.outcome",
    CASE WHEN v2 THEN 5000.00 ELSE 0 END::DECIMAL(18, 2) AS "travel.amount",
    (s_paired + 4 * s_in_need + 16 * s_arrived + 64 * s_filed + 256 * s_settled + 1024 * s_ever + 4096 * s_travel)::SMALLINT
        AS "travel.states",
    CASE WHEN v2 IS NULL THEN m_paired | m_need | m_arrived | m_insured | CASE WHEN settled IS NULL THEN 512 ELSE 0 END
        | CASE WHEN first_travel IS NULL THEN 65536 ELSE 0 END ELSE 0 END::BIGINT AS "travel.missing_0", 0::BIGINT AS "travel.open_0",
    CASE WHEN v3 THEN 'granted' WHEN v3 IS NULL THEN 'incomplete' ELSE 'refused' END AS "skills.outcome",
    CASE WHEN v3 THEN CASE level WHEN 'basic' THEN 1000.00 WHEN 'middle' THEN 1500.00 ELSE 2000.00 END ELSE 0 END::DECIMAL(18, 2)
        AS "skills.amount",
    (s_paired + 4 * s_in_need + 16 * s_arrived + 64 * s_filed + 256 * s_employed + 1024 * s_certified + 4096 * s_skills)::SMALLINT
        AS "skills.states",
    CASE WHEN v3 IS NULL THEN m_paired | m_need | m_arrived | m_employed | CASE WHEN certified IS NULL THEN 2048 ELSE 0 END
        | CASE WHEN first_skills IS NULL THEN 131072 ELSE 0 END ELSE 0 END::BIGINT AS "skills.missing_0", 0::BIGINT AS "skills.open_0",
    CASE WHEN v4 THEN 'granted' WHEN v4 IS NULL THEN 'incomplete' ELSE 'refused' END AS "rent.outcome",
    CASE WHEN v4 THEN months * 500 ELSE 0 END::DECIMAL(18, 2) AS "rent.amount",
    (s_paired + 4 * s_in_need + 16 * s_filed + 64 * s_employed + 256 * s_rents + 1024 * s_due)::SMALLINT AS "rent.states",
    CASE WHEN v4 IS NULL THEN m_paired | m_need | m_employed | CASE WHEN rents IS NULL THEN 8192 ELSE 0 END
        | CASE WHEN rent_due IS NULL THEN 16384 ELSE 0 END ELSE 0 END::BIGINT AS "rent.missing_0", 0::BIGINT AS "rent.open_0",
    CASE WHEN v5 THEN 'granted' WHEN v5 IS NULL THEN 'incomplete' ELSE 'refused' END AS "placement.outcome",
    CASE WHEN v5 THEN 2000.00 ELSE 0 END::DECIMAL(18, 2) AS "placement.amount",
    (s_paired + 4 * s_in_need + 16 * s_arrived + 64 * s_employed + 256 * s_insured + 1024 * s_stayed + 4096 * s_wanted)::SMALLINT
        AS "placement.states",
    CASE WHEN v5 IS NULL THEN m_paired | m_need | m_arrived | m_employed | m_insured
        | CASE WHEN wanted IS NULL THEN 4096 ELSE 0 END ELSE 0 END::BIGINT AS "placement.missing_0", 0::BIGINT AS "placement.open_0"
FROM v
