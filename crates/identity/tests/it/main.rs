//! Pages of identity in the fictional regency, as browsers see them.

mod audit;
